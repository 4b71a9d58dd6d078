#!/bin/sh
# Makes the seeds i386.so, a 32-bit library with all that slim reads of one, and patchelf_filler.so; needs binutils for x86
# and patchelf.
# The other seeds are like libraries and programs, linked by four linkers and changed by patchelf; those named after a defect
# are what fuzzing found.
set -eu
corpus=$(cd "$(dirname "$0")/corpus" && pwd)
cd "$(mktemp -d)"
cat > part.s <<'END'
.text
.globl answer
.type answer,@function
answer: mov value@GOTOFF(%eax), %eax
ret
.size answer,.-answer
.data
.globl value
value: .long 42
END
printf '.globl other\nother: ret\n' > other.s
as --32 -g --debug-prefix-map "$PWD=/seed" -o part.o part.s
as --32 -o other.o other.s
ld -m elf_i386 -shared -soname libother.so.2 -o libother.so other.o
ld -m elf_i386 -shared -soname libpart.so.1 -rpath '$ORIGIN' --enable-new-dtags --build-id=sha1 -z noseparate-code \
  -o "$corpus/i386.so" part.o libother.so

# A library that patchelf has changed three times: each run leaves X where the last one has put its strings.
printf '.globl answer\n.type answer,@function\nanswer: ret\n' > answer.s
as --64 -o answer.o answer.s
ld -shared -z noseparate-code -soname liba.so.1 -o twice.so answer.o
patchelf --set-rpath '$ORIGIN/../a_long_name/of_a_folder/that_needs_room' twice.so
patchelf --set-soname libanother-with-a-long-name-1a2b3c4d.so.1.0.0 twice.so
patchelf --set-rpath '$ORIGIN/../another_long_name/of_a_folder/that_needs_still_more_room/than_before' twice.so
cp twice.so "$corpus/patchelf_filler.so"
