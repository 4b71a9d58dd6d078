#!/usr/bin/env bash
# Makes an arm64 root of packages, and all that they need, from the system's own package sources, for tests that build
# arm64 code or run it under qemu: arm64_root.sh FOLDER PACKAGE... Nothing outside of FOLDER is touched; packages are
# unpacked into FOLDER/root, not installed.
set -euo pipefail
folder=$1
shift
root=$folder/root
[ "$(cat "$folder/done" 2>/dev/null)" = "$*" ] && exit 0
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
"${apt[@]}" install -y --download-only "$@" >>"$folder/log" 2>&1
for deb in "$folder"/archives/*.deb; do dpkg-deb -x "$deb" "$root"; done
rm -rf "$folder/archives" "$folder/lists"
# Links to absolute paths are meant to start at the root.
find "$root" -type l -lname '/*' -printf '%p\t%l\n' | while IFS=$'\t' read -r link target; do
  [ ! -e "$root$target" ] || ln -sfrT "$root$target" "$link"
done
echo "$*" >"$folder/done"
