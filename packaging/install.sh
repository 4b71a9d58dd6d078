#!/usr/bin/env bash
# Installs what slim needs from the system's own packages (Debian 12 or newer, Ubuntu 24.04 or newer):
#   packaging/install.sh build          what the release needs
#   packaging/install.sh build package  and what the Debian package needs
#   packaging/install.sh build test     and what the tests and linters need
#   packaging/install.sh --print libraries   only names packages: here the libraries that slim is made of
# Says what is missing before it installs it; does nothing when all is there.
set -euo pipefail

libraries=(libzip-dev libarchive-dev liblief-dev libxxhash-dev libdeflate-dev libssl-dev libcli11-dev libtomlplusplus-dev
  libcurl4-openssl-dev nlohmann-json3-dev libfmt-dev libexpected-dev libtbb-dev node-d3-hierarchy)
build=("${libraries[@]}" g++ cmake ninja-build pkg-config ca-certificates python3 zip)
deb=(dpkg-dev file)
test=("${deb[@]}"
  libgtest-dev clang-19 clang-tidy-19 clang-format-19 libclang-rt-19-dev llvm-19
  unzip libarchive-tools advancecomp p7zip-full zopfli ccache
  binutils-aarch64-linux-gnu g++-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user-static
  lld mold patchelf elfutils gdb upx-ucl
  groff mandoc zsh fish nginx-light xxhash openssl
  chromium cmark-gfm python3-jsonschema fonts-dejavu-core
  buildah mmdebstrap python3-yaml
  python3-pip python3-venv python3-pytest)

# The tests strip programs of these too; any toolchain that is there already will do.
command -v go >/dev/null || test+=(golang-go)
command -v rustc >/dev/null || test+=(rustc)
# The tests run jars, Node's packages and a Python under Node; any release of these will do.
command -v javac >/dev/null || test+=(default-jdk-headless)
command -v mvn >/dev/null || test+=(maven)
command -v npm >/dev/null || test+=(nodejs npm)
# Part of binutils until Debian 12, a package of its own after.
command -v ld.gold >/dev/null || test+=(binutils-gold)

print=
if [ "${1:-}" = --print ]; then print=1; shift; fi
wanted=()
for set in "$@"; do
  case $set in
    libraries) wanted+=("${libraries[@]}") ;;
    build) wanted+=("${build[@]}") ;;
    package) wanted+=("${deb[@]}") ;;
    test) wanted+=("${test[@]}") ;;
    *) echo "usage: packaging/install.sh [--print] build [package] [test]" >&2; exit 2 ;;
  esac
done
if [ -n "$print" ]; then printf '%s\n' "${wanted[@]}"; exit 0; fi

installed() { dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null | grep -qx installed; }
missing=()
for package in "${wanted[@]}"; do installed "$package" || missing+=("$package"); done
[ ${#missing[@]} -eq 0 ] && exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || { echo "install.sh: needs root or sudo to install: ${missing[*]}" >&2; exit 2; }
  as_root=(sudo)
fi
echo "Installing from the system's packages: ${missing[*]}"
"${as_root[@]}" apt-get update -q >/dev/null

# A package that this release of the system doesn't have is a test tool at most: its tests then skip, visibly.
available=()
for package in "${missing[@]}"; do
  if [ -n "$(apt-cache policy "$package" 2>/dev/null | sed -n 's/^  Candidate: \([^(]\)/\1/p')" ]; then
    available+=("$package")
  elif [[ " ${build[*]} " == *" $package "* ]]; then
    echo "install.sh: $package is not among this system's packages: use Debian 12 or Ubuntu 24.04, or newer" >&2
    exit 2
  else
    echo "Not among this system's packages, so what needs it is skipped: $package"
  fi
done

# Tests start the nginx that they need: none is to run as a service because of them.
policy=/usr/sbin/policy-rc.d
if [[ " ${available[*]} " == *" nginx-light "* && ! -e $policy ]]; then
  trap '"${as_root[@]}" rm -f "$policy"' EXIT
  printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null
  "${as_root[@]}" chmod +x "$policy"
fi
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${available[@]}" >/dev/null
if [[ " ${available[*]} " == *" nginx-light "* ]] && command -v systemctl >/dev/null; then
  "${as_root[@]}" systemctl disable -q nginx 2>/dev/null || true
fi
