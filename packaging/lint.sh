#!/usr/bin/env bash
# The format of every file, and the short clang-tidy list, as errors. Uses the compile commands of build/clang.
set -euo pipefail
cd "$(dirname "$0")/.."
mapfile -t files < <(git ls-files 'src/*.cc' 'src/*.h' 'test/*.cc' 'test/*.h')
clang-format-19 --dry-run --Werror "${files[@]}"
[ -f build/clang/compile_commands.json ] || cmake --preset clang >/dev/null
cmake --build --preset clang --target slim_core >/dev/null
mapfile -t sources < <(git ls-files 'src/*.cc')
printf '%s\n' "${sources[@]}" | xargs -P "$(nproc)" -n 4 clang-tidy-19 -p build/clang --quiet 2>/dev/null
echo "format and clang-tidy: clean (${#files[@]} files)"
