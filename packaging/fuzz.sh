#!/usr/bin/env bash
# Fuzzes every target of the asan build from its committed corpus, each for an equal share of the time:
#   packaging/fuzz.sh [SECONDS]     all targets together, 120 by default
# A crash, a hang or a leak fails: the input is printed in base64, with the commands that repeat it. What the targets
# find meanwhile stays in build/fuzz, and is where the next run goes on.
set -euo pipefail
cd "$(dirname "$0")/.."
all=${1:-120}
out=build/fuzz
mapfile -t targets < <(cd test/fuzz && ls -d */ | tr -d /)
share=$((all / ${#targets[@]}))
[ "$share" -ge 1 ] || { echo "fuzz.sh: $all seconds are too few for ${#targets[@]} targets" >&2; exit 2; }

fuzz_one() {
  local name=$1 log=$out/$1.log found=$out/$1/
  rm -f "$found"crash-* "$found"leak-* "$found"timeout-* "$found"oom-* "$found"slow-unit-*
  mkdir -p "$out/$name/corpus"
  local code=0
  build/asan/test/fuzz_"$name" "$out/$name/corpus" "test/fuzz/$name/corpus" -max_total_time="$share" -timeout=25 \
    -rss_limit_mb=2048 -print_final_stats=1 -artifact_prefix="$found" >"$log" 2>&1 || code=$?
  if [ $code -eq 0 ]; then
    echo "fuzz $name: $(sed -n 's/^stat::number_of_executed_units: *//p' "$log") inputs in $share s"
    return 0
  fi
  echo "fuzz $name: failed with exit code $code"
  tail -n 60 "$log"
  local input
  for input in "$found"crash-* "$found"leak-* "$found"timeout-* "$found"oom-*; do
    [ -f "$input" ] || continue
    echo "fuzz $name: to repeat it:"
    if [ "$(stat -c %s "$input")" -le 65536 ]; then
      echo "  base64 -d >$(basename "$input") <<'END'"
      base64 "$input"
      echo "END"
      echo "  build/asan/test/fuzz_$name $(basename "$input")"
    else
      echo "  build/asan/test/fuzz_$name $input"
    fi
  done
  return 1
}

mkdir -p "$out"
export -f fuzz_one
export out share
failed=0
printf '%s\0' "${targets[@]}" | xargs -0 -P "$(nproc)" -I '{}' bash -c 'fuzz_one {}' || failed=1
exit $failed
