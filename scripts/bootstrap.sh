#!/usr/bin/env bash
# Brings a Debian 12 machine to where a purpose works: system packages, .venv, Python packages.
# Usage: scripts/bootstrap.sh PURPOSE...   (runtime, test, desktop, training, oldest)
# What is there already is left alone; a second run does nothing and needs no network.
set -euo pipefail
cd "$(dirname "$0")/.."

VENV=.venv
OLDEST_VENV=.venv-oldest-onnxruntime
PURPOSES="runtime, test, desktop, training or oldest"
export DEBIAN_FRONTEND=noninteractive PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore

fail() { echo "bootstrap: $*" >&2; exit 1; }

system_packages() {
    case "$1" in
        runtime)  echo qgis python3-qgis qgis-providers python3-venv fonts-dejavu-core ;;
        desktop)  echo xvfb xauth openbox xdotool imagemagick x11-utils ;;
        test)     echo qttools5-dev-tools git ;;
        training) command -v java >/dev/null || echo default-jre-headless ;;  # for pycocoevalcap
        oldest)   ;;
        *)        fail "there is no purpose '$1'; choose $PURPOSES." ;;
    esac
}

is_installed() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

install_system_packages() {
    local wanted missing=()
    wanted=$(system_packages "$1")
    for package in $wanted; do
        is_installed "$package" || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return
    command -v apt-get >/dev/null || fail "install ${missing[*]} by your system's own means, then run this again."
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || fail "${missing[*]} must be installed, which needs root or sudo."
        as_root=(sudo)
    fi
    echo "bootstrap: installing ${missing[*]}"
    if [ -z "${apt_updated:-}" ]; then
        "${as_root[@]}" apt-get update -qq
        apt_updated=1
    fi
    "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

venv_of() { [ "$1" = oldest ] && echo $OLDEST_VENV || echo $VENV; }

make_venv() {
    # Debian's own interpreter: QGIS's Python modules are built for it, another python3 on PATH cannot load them.
    # pip comes last, so its presence says that an earlier run was not cut short.
    local venv=$1 qgis=()
    # The oldest onnxruntime runs without QGIS, and without anything newer that the system has.
    [ "$venv" = $OLDEST_VENV ] || qgis=(--system-site-packages)
    [ -x "$venv/bin/pip" ] || /usr/bin/python3 -m venv --clear "${qgis[@]}" "$venv"
}

install_python_packages() {
    local purpose=$1 list="requirements/$1.txt"
    [ -f "$list" ] || return 0
    local venv stamp
    venv=$(venv_of "$purpose")
    make_venv "$venv"
    stamp="$venv/.installed-$purpose-$(cat requirements/*.txt | sha256sum | cut -c1-16)"
    [ -f "$stamp" ] && return
    echo "bootstrap: Python packages for $purpose"
    if [ "$purpose" = training ]; then
        "$venv/bin/python" -m pip install -q -c requirements/constraints.txt torch==2.13.0
    fi
    "$venv/bin/python" -m pip install -q -r "$list"
    rm -f "$venv/.installed-$purpose-"*
    touch "$stamp"
}

[ $# -gt 0 ] || fail "say for what: $PURPOSES."
apt_updated=
for purpose in runtime "$@"; do install_system_packages "$purpose"; done
for purpose in runtime "$@"; do install_python_packages "$purpose"; done
