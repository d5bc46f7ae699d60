# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# The release build of the program, and how to tell at once that it is current.

# find_swift: puts Swift's tools on PATH, or says how to get them.
find_swift() {
    local folder
    for folder in "${HOME:-/root}/.local/share/swiftly/bin" /opt/swift/usr/bin /usr/local/swift/usr/bin /usr/libexec/swift/bin; do
        command -v swift >/dev/null && return
        [[ -x $folder/swift ]] && PATH="$PATH:$folder"
    done
    command -v swift >/dev/null ||
        die "the Swift toolchain is missing. Install Swift 6.2 or newer (https://www.swift.org/install), put 'swift' on PATH, run this again."
}

# toolchain: which compiler is in use, told without starting it.
toolchain() {
    local swift
    swift=$(command -v swift) || return 0
    stat -L -c '%n %s %Y' -- "$swift"
}

# build_is_current: quick; true when no source is newer than the last build. Folders count: their time changes
# when a file in them is added or removed.
build_is_current() {
    local stamp="$state/built"
    [[ -x $root/.build/release/pose && -f $stamp ]] || return 1
    local compiler
    compiler=$(toolchain)
    [[ -z $compiler || $compiler == "$(<"$stamp")" ]] || return 1
    [[ -z $(find "$root/Package.swift" "$root/Sources" -newer "$stamp" -print -quit) ]]
}

# build ARGUMENT…: swift build in release mode; the stamp bears the time at which the build began.
build() {
    toolchain >"$work/built"
    (cd -- "$root" && swift build --configuration release "$@" >&2) ||
        die "the build failed; the compiler's messages are above."
    mv -f -- "$work/built" "$state/built"
}

build_program() {
    build_is_current && return 0
    say "building pose (release); the first time takes a few minutes"
    build --product pose
}
