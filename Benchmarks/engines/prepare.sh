# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# What benchmarks need beside the product: media, models and the other engines, in .build-compare/. A benchmark that needs
# others than requirements.txt lists sets `engines` to the name of their list before.

# shellcheck source=Setup/build.sh
source "${root:?}/Setup/build.sh"

fail() {
    printf '%s: %s\n' "${0##*/}" "$@" >&2
    exit 69
}

"$root/Setup/setup" test
find_swift

# MediaPipe 0.10.21 has wheels for these Pythons only.
python=
for name in python3.12 python3.11 python3.10 python3.9 python3; do
    # Started, not only found: a version manager's shim may stand for a Python that is not installed.
    if "$name" -c 'import sys; sys.exit(not (3, 9) <= sys.version_info < (3, 13))' 2>/dev/null; then
        python=$name
        break
    fi
done
[[ -n $python ]] || fail "MediaPipe 0.10.21 needs Python 3.9 to 3.12; none is on PATH."

requirements="$root/Benchmarks/engines/${engines:-requirements}.txt"
venv="$root/.build-compare/venv${engines:+-$engines}"
if ! cmp -s "$requirements" "$venv/installed.txt"; then
    printf '%s: installing the other engines into .build-compare/\n' "${0##*/}" >&2
    rm -rf -- "$venv"
    "$python" -m venv "$venv" || fail "python3-venv is missing: apt-get install python3-venv"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$requirements" >&2 ||
        fail "the other engines could not be installed from PyPI: $(tr '\n' ' ' <"$requirements")"
    cp -- "$requirements" "$venv/installed.txt"
fi

