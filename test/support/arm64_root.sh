#!/usr/bin/env bash
# Makes an arm64 root with Python and its libraries from the system's own package sources, for tests that run arm64
# code under qemu: arm64_root.sh FOLDER. Nothing outside of FOLDER is touched; packages are unpacked, not installed.
set -euo pipefail
folder=$1
root=$folder/root
[ -e "$folder/done" ] && exit 0
rm -rf "$folder"
mkdir -p "$folder"/{lists/partial,archives/partial,root}
: >"$folder/status"
apt=(apt-get -q -o APT::Architecture=arm64 -o APT::Architectures=arm64 -o APT::Install-Recommends=false
  -o Dir::State::status="$folder/status" -o Dir::State::lists="$folder/lists" -o Dir::Cache::archives="$folder/archives"
  -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= -o APT::Sandbox::User=root -o Debug::NoLocking=true)
# Of the system's sources only the distribution's own: others may have no arm64 packages.
own=/etc/apt/sources.list.d/debian.sources
[ -e "$own" ] && apt+=(-o Dir::Etc::sourcelist="$own" -o Dir::Etc::sourceparts=-)
"${apt[@]}" update >"$folder/log" 2>&1
"${apt[@]}" install -y --download-only python3 libstdc++6 libgomp1 >>"$folder/log" 2>&1
for deb in "$folder"/archives/*.deb; do dpkg-deb -x "$deb" "$root"; done
rm -rf "$folder/archives" "$folder/lists"
touch "$folder/done"
