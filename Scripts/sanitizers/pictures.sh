#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Picture files, through the decoders in Swift and the libraries below them.
#
#   Scripts/sanitizers/pictures.sh [SECONDS]
set -euo pipefail
exec "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/../fuzz" --fresh picture "${1:-120}"
