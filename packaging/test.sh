#!/usr/bin/env bash
# Installs what is needed and passes the tests:
#   packaging/test.sh                every test, built with g++ and warnings as errors
#   packaging/test.sh asan tsan ...  the same by other presets; "lint" checks the format and runs clang-tidy
# Tests that need a package registry or qemu skip, and say so, where those can't be reached.
set -euo pipefail
cd "$(dirname "$0")/.."

packaging/install.sh build test
export CTEST_OUTPUT_ON_FAILURE=1
if command -v ccache >/dev/null; then launcher=-DCMAKE_CXX_COMPILER_LAUNCHER=ccache; else launcher=; fi

run_preset() {
  local preset=$1; shift
  mkdir -p build
  cmake --preset "$preset" -DSLIM_TESTS=ON $launcher >"build/configure-$preset.log" || { cat "build/configure-$preset.log"; return 2; }
  cmake --build --preset "$preset" | { grep -v '^\[' || true; }
  [ "$preset" = clang ] || ctest --test-dir "build/$preset" "$@"
}

for preset in "${@:-dev}"; do
  echo "== $preset"
  case $preset in
    dev | release | coverage) run_preset "$preset" -j 2 ;;
    asan) run_preset asan -j 2 -LE 'corpus|registry|lambda|docker|slow' ;;
    # The thread sanitizer looks for races: the tests that run threads are enough.
    tsan) run_preset tsan -L threads ;;
    clang) run_preset clang ;;
    lint) packaging/lint.sh ;;
    *) echo "test.sh: no such preset: $preset" >&2; exit 2 ;;
  esac
done
