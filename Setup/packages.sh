# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# System packages: which are missing, and apt-get for those.

# missing_packages GOAL: names the Debian packages that are not there, one a line; the goal "want" asks for those that a
# program can do without.
missing_packages() {
    local probe package need
    while read -r probe package need; do
        [[ -n $probe && $probe != \#* ]] || continue
        [[ $need == run && $1 != want || $need == "$1" || $need == want && $1 == test ]] || continue
        case "$probe" in
        pkg:*) pkg-config --exists "${probe#pkg:}" 2>/dev/null || printf '%s\n' "$package" ;;
        file:*) [[ -e ${probe#file:} ]] || printf '%s\n' "$package" ;;
        lib:*) /sbin/ldconfig -p 2>/dev/null | grep -qF -- "${probe#lib:} " || printf '%s\n' "$package" ;;
        cmd:*) command -v "${probe#cmd:}" >/dev/null || printf '%s\n' "$package" ;;
        esac
    done <"$root/Setup/packages.txt"
}

install_packages() {
    local missing wanted
    mapfile -t missing < <(missing_packages "$1")
    mapfile -t wanted < <(missing_packages want)
    if ((${#wanted[@]} > 0)) && ! (apt_install "${wanted[@]}"); then
        say "going on without: ${wanted[*]}; some formats of pictures will not be read"
    fi
    mapfile -t missing < <(missing_packages "$1")
    ((${#missing[@]} == 0)) || apt_install "${missing[@]}"
    mapfile -t missing < <(missing_packages "$1")
    ((${#missing[@]} == 0)) || die "still missing after apt-get: ${missing[*]}"
}

# apt_install PACKAGE…: installs as root or through a password-less sudo; otherwise says what to ask for.
apt_install() {
    local -a as_root=()
    if ! command -v apt-get >/dev/null; then
        die "needed, and this system has no apt-get to install them: $* (the names are Debian's)"
    fi
    if ((EUID != 0)); then
        if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
            as_root=(sudo -n)
        else
            die "system packages are missing and this user may not install them. Ask an administrator for:" \
                "    apt-get install --no-install-recommends $*"
        fi
    fi
    say "installing system packages: $*"
    local -a apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120)
    "${apt[@]}" update >"$work/apt.log" 2>&1 || say "the package lists could not be refreshed; trying with the old ones"
    if ! "${apt[@]}" install -y --no-install-recommends "$@" >>"$work/apt.log" 2>&1 </dev/null; then
        tail -n 15 "$work/apt.log" >&2
        die "apt-get could not install: $*" \
            "Without a network, install these packages from your own mirror or copies, then run this again."
    fi
}
