# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# The release build that ./pose, ./test and benchmarks share, and how to tell at once that it is current.

# shellcheck source=Setup/packages.sh
source "${BASH_SOURCE[0]%/*}/packages.sh"

# find_swift: puts Swift's tools on PATH, or says how to get them, and decides how strict they are.
find_swift() {
    put_swift_on_path
    choose_strictness
}

put_swift_on_path() {
    local folder
    for folder in "${HOME:-/root}/.local/share/swiftly/bin" /opt/swift/usr/bin /usr/local/swift/usr/bin /usr/libexec/swift/bin; do
        command -v swift >/dev/null && return
        [[ -x $folder/swift ]] && PATH="$PATH:$folder"
    done
    command -v swift >/dev/null ||
        die "the Swift toolchain is missing. Install Swift 6.2 or newer (https://www.swift.org/install), put 'swift' on PATH, run this again."
}

# choose_strictness: decides, for the manifest, whether warnings are errors, for the manifest. All who share the build must say the same, or each
# would build everything anew. A compiler newer than those that this is checked with may know warnings of its own.
choose_strictness() {
    if [[ -z ${POSE_STRICT:-} ]]; then
        case $(swift --version 2>/dev/null) in
        *'Swift version 6.'[23][!0-9]*) POSE_STRICT=1 ;;
        *) POSE_STRICT=0 ;;
        esac
    fi
    export POSE_STRICT
}

# toolchain: which compiler is in use, told without starting it.
toolchain() {
    local swift
    swift=$(command -v swift) || return 0
    stat -L -c '%n %s %Y' -- "$swift"
}

# source_hash: a hash over names, sizes and times of everything the program is built from, and which optional libraries are
# missing. Files that were put back with an older time, or taken away, change it too.
source_hash() {
    {
        find "$root/Package.swift" "$root/Sources" -type f -printf '%P %s %T@\n' | LC_ALL=C sort
        missing_packages want
    } | sha256sum
}

# program_stamp: size and time of the built program.
program_stamp() { stat -c '%s %Y' -- "$root/.build/release/pose" 2>/dev/null; }

# build_is_current: quick; true when the program is the one that was built last, from these sources, by this compiler.
build_is_current() {
    local -a built
    mapfile -t built 2>/dev/null <"$state/built" || return 1
    local compiler
    compiler=$(toolchain)
    [[ ${built[0]:-} == "$(program_stamp)" && -n ${built[0]:-} ]] || return 1
    # Without a compiler on PATH, what was built is still good.
    [[ -z $compiler || ${built[1]:-} == "$compiler" ]] || return 1
    [[ ${built[2]:-} == "$(source_hash)" ]]
}

# build ARGUMENT…: swift build in release mode; what is remembered was read before the build began, so that a file that
# changes meanwhile is built the next time.
build() {
    local compiler files
    compiler=$(toolchain)
    files=$(source_hash)
    rm -f -- "$state/built"
    forget_codecs
    (cd -- "$root" && swift build --configuration release "$@" >&2) ||
        die "the build failed; the compiler's messages are above."
    printf '%s\n' "$(program_stamp)" "$compiler" "$files" >"$work/built"
    mv -f -- "$work/built" "$state/built"
}

# forget_codecs: has the codecs compiled anew when an optional library came or went; the package manager does not notice.
forget_codecs() {
    local missing
    missing=$(missing_packages want)
    [[ -e $state/without && $missing == "$(<"$state/without")" ]] || rm -rf -- "$root"/.build/*/release/CPoseCodecs.build
    printf '%s\n' "$missing" >"$state/without"
}

build_program() {
    build_is_current && return 0
    say "building pose (release); the first time takes a few minutes"
    build --product pose
}
