#!/usr/bin/env bash
# Installs what is needed and passes the tests:
#   packaging/test.sh                every test, built with g++ and warnings as errors
#   packaging/test.sh STAGE...       other stages, in the order given:
#     asan       clang with warnings as errors; the tests that need no registry, under address and UB sanitizers
#     fuzz       every fuzz target of the asan build, two minutes in all
#     tsan       the tests that run threads, under the thread sanitizer
#     lint       format, comments, clang-tidy
#     coverage   the line coverage of src/ by the tests that asan has run
#     release    the program as it is shipped, built with warnings shown; a handful of tests
# Tests that need a package registry or qemu skip, and say so, where those can't be reached.
# At the end stand the seconds that each stage took: on the clock, and of all processors together.
set -euo pipefail
cd "$(dirname "$0")/.."

packaging/install.sh build test
export CTEST_OUTPUT_ON_FAILURE=1
if command -v ccache >/dev/null; then launcher=-DCMAKE_CXX_COMPILER_LAUNCHER=ccache; else launcher=; fi
# Two tests more than there are processors: some wait for a registry or for a server that keeps silent.
jobs=$(($(nproc) + 2))
# What needs a registry or a machine of its own, or is slow.
not_quick='corpus|registry|lambda|docker|slow'

build() {
  local preset=$1; shift
  mkdir -p build
  cmake --preset "$preset" -DSLIM_TESTS=ON $launcher >"build/configure-$preset.log" || { cat "build/configure-$preset.log"; return 2; }
  cmake --build --preset "$preset" "$@" | { grep -v '^\[' || true; }
}

run_stage() {
  case $1 in
    dev) build dev; ctest --test-dir build/dev -j "$jobs" ;;
    asan) build asan; rm -rf build/asan/profile; ctest --test-dir build/asan -j "$jobs" -LE "$not_quick" ;;
    fuzz) build asan; packaging/fuzz.sh 120 ;;
    # The thread sanitizer looks for races: the tests that run threads are enough.
    tsan) build tsan --target slim scan_dump strip_folder; ctest --test-dir build/tsan -j "$jobs" -L threads ;;
    clang) build clang ;;
    lint) packaging/lint.sh ;;
    coverage)
      [ -d build/asan/profile ] || run_stage asan
      packaging/coverage.py build/asan
      ;;
    release)
      build release --target slim slim_share scan_dump
      build/release/slim --version
      ctest --test-dir build/release -j "$jobs" --no-tests=error \
        -R 'e2e\.(same_content_gives_same_bytes|readme_commands_are_true|report_sums_meet_file_sizes|elf_strip_levels|help_man_and_completions_agree)$'
      ;;
    *) echo "test.sh: no such stage: $1" >&2; return 2 ;;
  esac
}

# Of all that this shell has started; in a file, as a subshell would count its own.
note_cpu() { times >build/times; cpu=$(awk 'NR == 2 { gsub(/[ms]/, " "); print int($1 * 60 + $2 + $3 * 60 + $4) }' build/times); }

mkdir -p build
summary=()
for stage in "${@:-dev}"; do
  echo "== $stage"
  began=$SECONDS
  note_cpu; before=$cpu
  run_stage "$stage"
  note_cpu
  summary+=("$(printf '%-10s %5d s  %5d s of all processors' "$stage" $((SECONDS - began)) $((cpu - before)))")
done
echo "== where the time went"
printf '%s\n' "${summary[@]}"
