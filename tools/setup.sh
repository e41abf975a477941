#!/usr/bin/env bash
# Prepares this checkout: system libraries, .venv, the package in it. Quiet and quick when all is there.
#   tools/setup.sh run     to convert pages
#   tools/setup.sh test    to develop, too: linters, tests, validators; in CI with Ace
#   tools/setup.sh ace     Ace by DAISY, axe and Chromium, for `make conformance` and the library's pages; without them it is skipped
set -euo pipefail
cd "$(dirname "$0")/.."

kind=${1:-run}
venv=.venv
stamp=$venv/.set-up-for-$kind
state=$(cat pyproject.toml constraints.txt tools/setup.sh | cksum)

say() { printf '%s\n' "$*" >&2; }
die() { say "set-up: $*"; exit 1; }

find_python() {
    local name
    for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
        if command -v "$name" >/dev/null && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
        then
            command -v "$name"
            return
        fi
    done
    die "Python 3.11 or newer is needed; found: $(python3 --version 2>&1 || true)
  apt:  apt-get install python3 python3-venv     dnf:  dnf install python3.11     brew: brew install python
  or name one: make ${kind/run/demo} PYTHON=/path/to/python3"
}

has_library() {  # NAME, as the linker knows it
    case $(uname -s) in
        Darwin) ls {/opt/homebrew,/usr/local}/lib/"$1"*.dylib >/dev/null 2>&1 ;;
        # no pipe into grep -q: under pipefail a reader that leaves early looks like a failure
        *) [[ $( (ldconfig -p || /sbin/ldconfig -p) 2>/dev/null) == *"$1.so"* ]] ;;
    esac
}

missing=()
need() {  # PACKAGE, then a command that succeeds when it is there
    local package=$1
    shift
    "$@" >/dev/null 2>&1 || missing+=("$package")
}

list_missing() {
    missing=()
    need libpango-1.0-0 has_library libpango-1.0
    need libpangoft2-1.0-0 has_library libpangoft2-1.0
    need libharfbuzz-subset0 has_library libharfbuzz-subset
    need python3-venv "$python" -c 'import venv, ensurepip'
    if [[ $kind == test ]]; then
        need poppler-utils command -v pdftotext
        need default-jdk-headless javac -version
    fi
}

system_packages() {
    list_missing
    [[ ${#missing[@]} -eq 0 ]] && return
    local as_root=()
    [[ $(id -u) -eq 0 ]] || as_root=(sudo -n)
    if command -v apt-get >/dev/null && "${as_root[@]}" true 2>/dev/null; then
        say "Installing ${missing[*]}"
        "${as_root[@]}" apt-get update -qq >/dev/null || say "apt-get update failed; trying with the lists that are there"
        "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
            apt-get install -qq -y --no-install-recommends "${missing[@]}" </dev/null >"$log" 2>&1 ||
            { tail -n 5 "$log" >&2; say "apt-get could not install ${missing[*]}"; }
        list_missing
    fi
    local package hard=()
    for package in "${missing[@]}"; do
        case $package in
            default-jdk-headless) say "No JDK: the validators' test will be skipped" ;;
            libharfbuzz-subset0) say "No libharfbuzz-subset: PDFs take several times as long to write" ;;
            *) hard+=("$package") ;;
        esac
    done
    [[ ${#hard[@]} -eq 0 ]] || die "missing: ${hard[*]}. Install the system's packages, then try again:
  apt:  sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 python3-venv poppler-utils
  dnf:  sudo dnf install pango harfbuzz python3 poppler-utils
  brew: brew install pango harfbuzz python poppler"
}

python_packages() {
    [[ -x $venv/bin/python ]] && "$venv/bin/python" -c 'import pip' 2>/dev/null ||
        "$python" -m venv --clear "$venv"
    local what="."
    [[ $kind == test ]] && what=".[dev,conformance]"
    say "Installing the package into $venv"
    "$venv/bin/python" -m pip install -q --disable-pip-version-check -c constraints.txt -e "$what" \
        >"$log" 2>&1 </dev/null || { cat "$log" >&2; die "pip could not install $what"; }
}

ace() {  # never fails: the tests that need it say that they are skipped
    local folder=$venv/ace pins=tools/validators/package.json lacking=()
    command -v npm >/dev/null || lacking+=(nodejs npm)
    command -v chromium chromium-browser google-chrome-stable google-chrome >/dev/null || lacking+=(chromium)
    if [[ ${#lacking[@]} -gt 0 ]] && command -v apt-get >/dev/null && [[ $(id -u) -eq 0 ]]; then
        say "Installing ${lacking[*]}"
        { apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
            apt-get install -qq -y --no-install-recommends "${lacking[@]}"; } </dev/null >/dev/null 2>&1 || true
    fi
    cmp -s "$pins" "$folder/installed.json" && return
    command -v npm >/dev/null || { say "No npm: Ace and axe will be skipped"; return; }
    say "Installing Ace and axe into $folder"
    mkdir -p "$folder"
    cp "$pins" "$folder/package.json"
    # without install scripts: they would fetch a browser of their own
    if npm install --prefix "$folder" --no-package-lock --ignore-scripts --no-audit --no-fund \
        </dev/null >/dev/null 2>&1
    then cp "$pins" "$folder/installed.json"
    else say "npm could not install Ace and axe: they will be skipped"; fi
}

if [[ $kind == ace ]]; then ace; exit; fi
if [[ ! -f $stamp || $(cat "$stamp") != "$state" || ! -x $venv/bin/exporter ]]; then
    log=$(mktemp)
    trap 'rm -f "$log"' EXIT
    python=$(find_python)
    system_packages
    python_packages
    printf '%s\n' "$state" >"$stamp"
    # what is there for tests is there for use
    if [[ $kind == test ]]; then printf '%s\n' "$state" >"$venv/.set-up-for-run"; fi
fi
if [[ $kind == test && -n ${CI:-} ]]; then ace; fi
