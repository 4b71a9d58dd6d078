#!/usr/bin/env bash
# The format of every file, comments that can be read, and the short clang-tidy list, as errors. clang-tidy goes by the
# compile commands of a clang build: that of asan, where it is there with its precompiled header, as that saves half
# of the time; else those of the clang preset, which need not be built.
set -euo pipefail
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
printf '%s\0' "${sources[@]}" | xargs -0 -P "$(nproc)" -n 4 clang-tidy-19 -p "$commands" --quiet 2>/dev/null
echo "format, comments and clang-tidy: clean (${#files[@]} files)"
