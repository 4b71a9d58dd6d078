#!/usr/bin/env bash
# The shell recipe that slim is measured against, as it stands in many deploy scripts: recipe.sh IN.zip OUT.zip
# It breaks packages (GNU strip on libraries that patchelf has touched, distributions without their metadata), and its
# output differs from run to run.
set -u
in=$(realpath "$1")
out=$(realpath -m "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" && unzip -q "$in"
find . -type d -name "__pycache__" -exec rm -r {} + 2>/dev/null
find . -type d -name "*.dist-info" -exec rm -r {} + 2>/dev/null
find . -type d -name "tests" -exec rm -r {} + 2>/dev/null
find . -name "*.pyc" -delete
find . -name "*.so" -exec strip {} + 2>/dev/null
rm -f "$out"
zip -qr9 "$out" .
