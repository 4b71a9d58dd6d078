#!/usr/bin/env bash
# Installs what is needed, builds the release and packs it as a Debian package:
#   packaging/deb.sh [FOLDER]        makes FOLDER/slim-cli_VERSION_ARCH.deb; default: build
# `apt install ./build/slim-cli_*.deb` then brings slim with all that it loads, on this release of the system or newer.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
folder=$(realpath -m "${1:-$here/build}")
cd "$here"

packaging/install.sh build package
mkdir -p build "$folder"
cmake --preset release -DSLIM_TESTS=OFF >build/configure.log || { cat build/configure.log; exit 2; }
echo "Building the release (a minute or two the first time) ..."
cmake --build build/release | tail -n 1
(cd build/release && cpack -B package >package.log) || { cat build/release/package.log; exit 2; }
cp build/release/package/slim-cli_*.deb "$folder"
