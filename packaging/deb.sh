#!/usr/bin/env bash
# Installs what is needed, builds the release and packs it as a Debian package:
#   packaging/deb.sh [FOLDER]        makes FOLDER/slim-cli_VERSION_ARCH.deb; default: build
# `apt install ./build/slim-cli_*.deb` then brings slim with all that it loads, on this release of the system.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
folder=$(realpath -m "${1:-$here/build}")
cd "$here"

packaging/install.sh build package
mkdir -p build "$folder"
if [ ! -f build/release/build.ninja ]; then
  cmake --preset release -DSLIM_TESTS=OFF >build/configure.log || { cat build/configure.log; exit 2; }
fi
echo "Building the release (a minute or two the first time) ..."
cmake --build build/release --target slim slim_share | tail -n 1
rm -rf build/release/package
(cd build/release && cpack -B package >cpack.log) || { cat build/release/cpack.log; exit 2; }
cp build/release/package/slim-cli_*.deb "$folder"
echo "Made $(cd "$folder" && ls "$PWD"/slim-cli_*.deb)"
