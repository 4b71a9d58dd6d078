#!/usr/bin/env bash
# The format of every file, comments that can be read, and the short clang-tidy list, as errors:
#   packaging/lint.sh         without clang's path-sensitive analyzer
#   packaging/lint.sh deep    with it, which takes several times as long and is not part of CI: what it looks for, the
#                             sanitizers see when a test or a fuzz target runs the code
# clang-tidy goes by the compile commands of a clang build: that of asan, where it is there with its precompiled header,
# which saves time; else those of the clang preset, which need not be built.
set -euo pipefail
depth=()
case ${1:-} in
  "") depth=('--checks=-clang-analyzer-*') ;;
  deep) ;;
  *) echo "usage: packaging/lint.sh [deep]" >&2; exit 2 ;;
esac
cd "$(dirname "$0")/.."
mapfile -t files < <(git ls-files 'src/*.cc' 'src/*.h' 'test/*.cc' 'test/*.h')
printf '%s\0' "${files[@]}" | xargs -0 -P "$(nproc)" -n 50 clang-format-19 --dry-run --Werror
packaging/lint_comments.py "${files[@]}"
commands=build/asan
if [ ! -f build/asan/CMakeFiles/slim_core.dir/cmake_pch.hxx.pch ]; then
  commands=build/clang
  [ -f build/clang/compile_commands.json ] || cmake --preset clang >/dev/null
fi
mapfile -t sources < <(git ls-files 'src/*.cc')
printf '%s\0' "${sources[@]}" | xargs -0 -P "$(nproc)" -n 4 clang-tidy-19 -p "$commands" --quiet "${depth[@]}" 2>/dev/null
echo "format, comments and clang-tidy: clean (${#files[@]} files)"
