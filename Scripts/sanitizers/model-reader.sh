#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Model files: read, compiled, and run when they are small.
#
#   Scripts/sanitizers/model-reader.sh [SECONDS]
set -euo pipefail
exec "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/../fuzz" --fresh model "${1:-120}"
