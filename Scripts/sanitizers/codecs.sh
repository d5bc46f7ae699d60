#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The C codecs: what libFuzzer makes of the tests' pictures is decoded, and encoded again, under Clang's address and
# undefined-behaviour checks. Building takes some seconds beside.
#
#   Scripts/sanitizers/codecs.sh [SECONDS]         120 seconds unless told
#   Scripts/sanitizers/codecs.sh 0 FILE            repeats what a run has kept beside its findings
#
# Runs begin with the same seed and the tests' pictures alone; an input that breaks a codec is kept in .build-codecs.
set -euo pipefail
here=$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")
root=$(cd -- "$here/../.." && pwd)
# shellcheck source=Setup/build.sh
source "$root/Setup/build.sh"

die() {
    printf 'codecs: %s\n' "$@" >&2
    exit 69
}

seconds=${1:-120}
[[ $seconds =~ ^[0-9]+$ ]] || die "'$seconds' is not a number of seconds"
put_swift_on_path
clang=$(command -v clang) || die "clang is missing; it is part of the Swift toolchain"
build="$root/.build-codecs"
mkdir -p "$build"

read -ra flags <<<"$(pkg-config --cflags --libs libjpeg zlib libwebp libwebpdemux)"
"$clang" -std=gnu11 -O1 -g -fuse-ld=bfd -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all \
    -Wall -Werror -I "$root/Sources/CPoseCodecs/include" "$root"/Sources/CPoseCodecs/*.c "$here"/codecs/*.c \
    "${flags[@]}" -ldl -o "$build/fuzz"

export UBSAN_OPTIONS=print_stacktrace=1
export LSAN_OPTIONS="suppressions=$here/codecs/leaks.txt:print_suppressions=0"
if ((seconds == 0)); then
    exec "$build/fuzz" "${@:2}"
fi
# Findings of this run; the seeds are read only. What has broken a codec before is in codecs/found.
found=$(mktemp -d)
trap 'rm -rf -- "$found"' EXIT
"$build/fuzz" -max_total_time="$seconds" -max_len=65536 -timeout=20 -rss_limit_mb=2000 -seed=1 -print_final_stats=1 \
    -dict="$here/codecs/markers.dict" -artifact_prefix="$build/" "$found" \
    "$here/codecs/found" "$root/Tests/PoseCodecsTests/Fixtures"
