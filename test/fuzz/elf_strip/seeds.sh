#!/bin/sh
# Makes the seed i386.so, a 32-bit library with all that slim reads of one; needs binutils for x86 only.
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
