#!/usr/bin/env bash
# Installs what is needed, builds the release, and does the main job:
#   packaging/try.sh                 on a sample Lambda package made from testdata/sample
#   packaging/try.sh MY.zip [FLAGS]  on yours; the outcome is build/slimmed/MY.zip, yours is not touched
# May be run again at any time: what is there already is not done twice.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
called_from=$PWD
cd "$here"

packaging/install.sh build
mkdir -p build
if [ ! -f build/release/build.ninja ]; then
  cmake --preset release -DSLIM_TESTS=OFF >build/configure.log || { cat build/configure.log; exit 2; }
fi
echo "Building the release (a minute or two the first time) ..."
cmake --build build/release --target slim | tail -n 1

if [ $# -gt 0 ]; then
  input=$(cd "$called_from" && realpath "$1")
  shift
else
  input=$here/build/sample.zip
  [ -f "$input" ] || python3 testdata/make_sample.py "$input"
fi
mkdir -p build/slimmed
code=0
build/release/slim "$input" -o "build/slimmed/$(basename "$input")" "$@" || code=$?
# The last word is how to go on: the program is here, and on nobody's PATH yet.
if [ "$(command -v slim)" != "$here/build/release/slim" ]; then
  printf '\nslim is %s. To call it by its name in this shell:\n  export PATH="%s:$PATH"\n' \
    "$here/build/release/slim" "$here/build/release"
fi
exit $code
