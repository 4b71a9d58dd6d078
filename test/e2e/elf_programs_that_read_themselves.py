#!/usr/bin/env python3
"""Programs that look up a name in their own symbol table find it after slim: static ones at every level, Go's at all but the
highest, which has to be asked for."""
import shutil
import subprocess

import slimtest

STATIC = b"""
#include <elf.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
int hidden_treasure = 1;
int main(void) {
  int file = open("/proc/self/exe", O_RDONLY);
  struct stat info;
  fstat(file, &info);
  char* base = mmap(0, info.st_size, PROT_READ, MAP_PRIVATE, file, 0);
  Elf64_Ehdr* header = (Elf64_Ehdr*)base;
  Elf64_Shdr* sections = (Elf64_Shdr*)(base + header->e_shoff);
  for (int i = 0; header->e_shoff && i < header->e_shnum; ++i) {
    const char* name = base + sections[header->e_shstrndx].sh_offset + sections[i].sh_name;
    if (strcmp(name, ".symtab")) continue;
    Elf64_Sym* symbols = (Elf64_Sym*)(base + sections[i].sh_offset);
    for (int j = 0; j < sections[i].sh_size / sizeof *symbols; ++j) {
      const char* symbol = base + sections[sections[i].sh_link].sh_offset + symbols[j].st_name;
      if (!strcmp(symbol, "hidden_treasure") && symbols[j].st_value == (Elf64_Addr)&hidden_treasure) return puts("found"), 0;
    }
  }
  return puts("lost"), 1;
}
"""
GO = """package main
import ("debug/elf"; "fmt"; "os"; "runtime")
func main() {
  path, _ := os.Executable()
  file, err := elf.Open(path)
  if err != nil { panic(err) }
  symbols, _ := file.Symbols()
  found := false
  for _, symbol := range symbols { found = found || symbol.Name == "main.main" }
  _, source, line, _ := runtime.Caller(0)
  fmt.Println(found, source != "", line)
}
"""


def out(program) -> str:
    return subprocess.run([program], capture_output=True, text=True).stdout.strip()


with slimtest.workdir() as work:
    package = work / "in"
    package.mkdir()
    subprocess.run(["gcc", "-g", "-static", "-no-pie", "-x", "c", "-", "-o", package / "static"], input=STATIC, check=True)
    (work / "main.go").write_text(GO)
    go = shutil.which("go") is not None and subprocess.run(["go", "build", "-o", package / "go", "main.go"], cwd=work,
                                                           capture_output=True).returncode == 0
    before = {path.name: out(path) for path in package.iterdir()}
    assert before["static"] == "found", before
    for level in ("debug", "symbols", "sections"):
        slimtest.slim(package, "-o", f"{work}/{level}/", "--strip", level)
        assert out(work / level / "static") == "found", level
        assert (work / level / "static").stat().st_size < (package / "static").stat().st_size, level
        if not go:
            slimtest.leave_out("a Go program, as go is not installed or does not work here")
            continue
        # runtime.Caller needs .gopclntab, which is loaded, and never the symbol table.
        expected = before["go"] if level != "sections" else before["go"].replace("true", "false", 1)
        assert out(work / level / "go") == expected, (level, out(work / level / "go"))
