# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# What a run of Swift Testing comes to, in one line.

# count_and_say REPORT STATUS BROKEN: prints the closing line for a report that ended with a status, beside which a
# number of checks failed; succeeds when nothing failed and something ran.
count_and_say() {
    local report=$1 status=$2 broken=$3 total failed runs skipped passed
    # Swift Testing's closing line has the number of tests; one line each tells of failed and of skipped ones.
    total=$(sed -nE 's/^[^ ]+ Test run with ([0-9]+) tests? .*/\1/p' "$report" | awk '{ n += $1 } END { print n + 0 }')
    failed=$(grep -cE '^✘ Test .* failed after .* seconds' "$report" || true)
    runs=$(grep -cE '^✘ Test run with ' "$report" || true)
    skipped=$(grep -cE '^➜ Test .* skipped' "$report" || true)
    failed=$((failed - runs))
    passed=$((total - failed - skipped))

    # What failed and was skipped once more, together: it stands far above, between the lines of other tests.
    ((status == 0)) || grep -E -A 3 '^✘ Test .* recorded an issue' "$report" || true
    grep -E '^➜ Test .* skipped' "$report" || true
    if ((status != 0 && failed == 0)); then
        printf '✘ the test program ended early, with status %d\n' "$status"
        failed=1
    fi
    if ((total == 0)); then
        printf '✘ no test ran\n'
        failed=$((failed > 0 ? failed : 1))
        passed=0
    fi
    failed=$((failed + broken))
    passed=$((passed > 0 ? passed : 0))
    if ((skipped > 0)); then
        printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
    else
        printf '%d passed, %d failed\n' "$passed" "$failed"
    fi
    ((failed == 0))
}
