# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# The library products, and how the compiler's tools read what a build made of them.

products=(PoseInference PoseImaging PoseCodecs PoseEstimation PoseRendering PoseAnalysis PoseMedia PosePrivacy PoseMotion)

# reading_flags BUILD: prints, one a line, the arguments with which a tool of the toolchain finds the modules of a build.
reading_flags() {
    local build=$1 map
    printf '%s\n' -target "$(swift -print-target-info | sed -nE 's/.*"unversionedTriple": "([^"]+)".*/\1/p' | head -n 1)"
    printf '%s\n' -I "$build/Modules"
    for map in "$root"/Sources/C*/module.modulemap "$build"/C*.build/module.modulemap; do
        printf '%s\n' -Xcc "-fmodule-map-file=$map"
    done
    # shellcheck disable=SC2046
    printf -- '-Xcc\n%s\n' $(sed -nE 's/.*pkgConfig: "([^"]+)".*/\1/p' "$root/Package.swift" |
        xargs pkg-config --cflags-only-I)
}

# read_build ARGUMENT…: takes "--build DIR" out of the arguments; the rest is left in rest, the folder in build.
read_build() {
    build="$root/.build/release"
    rest=()
    while (($# > 0)); do
        case $1 in
        --build)
            build=${2:?--build needs a folder}
            shift
            ;;
        *) rest+=("$1") ;;
        esac
        shift
    done
    [[ -d $build/Modules ]] || die "nothing is built in '$build': run ./test, or swift build --configuration release"
    build=$(realpath -- "$build")
}
