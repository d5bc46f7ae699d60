# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Other people's programs in Python that tests ask: a folder of pinned wheels, of which the program needs nothing.

python_packages="$state/python"

# python_stamp: what the folder must have been made from: the pins, and the Python that runs it.
python_stamp() { { cat -- "$root/Setup/python.txt" && python3 --version; } 2>/dev/null | sha256sum; }

# python_is_there: quick; true when the folder is current, or could not be had not long ago.
python_is_there() {
    [[ $(cat -- "$python_packages/stamp" 2>/dev/null) == "$(python_stamp)" ]] || is_excused python optional
}

# obtain_python: installs the wheels beside each other; goes on without them where they cannot be had.
obtain_python() {
    python_is_there && return
    need_pip
    local folder="$work/python"
    say "downloading the Python packages of Setup/python.txt for tests"
    if python3 -m pip install --quiet --disable-pip-version-check --no-input --no-cache-dir --retries 1 --timeout 20 \
        --no-deps --only-binary :all: --require-hashes --requirement "$root/Setup/python.txt" --target "$folder" \
        >"$work/python.log" 2>&1 </dev/null; then
        python_stamp >"$folder/stamp"
        rm -rf -- "$python_packages"
        mv -- "$folder" "$python_packages"
        rm -f -- "$state/without-python"
    else
        touch "$state/without-python"
        say "going on without: $(tail -n 1 "$work/python.log")" \
            "The tests that ask Prometheus' parser, python-osc and schemathesis are skipped."
    fi
}
