#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Headers, percent-encoding and forms of requests.
#
#   Scripts/sanitizers/requests.sh [SECONDS]
set -euo pipefail
exec "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/../fuzz" --fresh request "${1:-120}"
