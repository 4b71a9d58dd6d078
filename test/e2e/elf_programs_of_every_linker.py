#!/usr/bin/env python3
# timeout: 600
"""C++ programs and libraries of four linkers, with the options that change a file's shape, do the same after slim:
exceptions cross the library, thread-local variables, constructors, ifuncs and symbol versions work."""
import collections
import pathlib
import shutil
import subprocess

import elfcheck
import slimtest

LIBRARY = r"""
#include <cstdio>
#include <stdexcept>
#include <string>
namespace {
struct Hello { Hello() { std::puts("library begins"); } ~Hello() { std::puts("library ends"); } } hello;
int plus_one(int x) { return x + 1; }
}
extern "C" {
static int (*resolve_step())(int) { return plus_one; }
int step(int) __attribute__((ifunc("resolve_step")));
thread_local int calls = 40;
int count() { return step(calls++); }
__asm__(".symver old_answer,answer@ONE");
int old_answer() { return 1; }
__asm__(".symver new_answer,answer@@TWO");
int new_answer() { return 2; }
}
void fail(const std::string& what) { throw std::runtime_error("thrown: " + what); }
"""
VERSIONS = "ONE { global: answer; }; TWO { global: answer; count; step; calls; extern \"C++\" { fail*; }; local: *; } ONE;"
PROGRAM = r"""
#include <cstdio>
#include <exception>
#include <string>
#include <thread>
extern "C" { int count(); int answer(); }
void fail(const std::string& what);
int table[1000] = {7};
int* into_table[3] = {table, table + 1, table + 2};
__attribute__((constructor)) static void begin() { table[1] = 11; }
int main(int argc, char**) {
  std::setvbuf(stdout, nullptr, _IONBF, 0);
  try { fail("far"); } catch (const std::exception& error) { std::puts(error.what()); }
  int other = 0;
  count();
  std::thread([&] { other = count(); }).join();
  std::printf("%d %d %d %d %d\n", count(), other, answer(), *into_table[0], *into_table[argc]);
  return 3;
}
"""
ALONE = LIBRARY.replace('__asm__(".symver old_answer,answer@ONE");\nint old_answer() { return 1; }\n', "") \
    .replace('__asm__(".symver new_answer,answer@@TWO");\nint new_answer', "int answer") + PROGRAM

Kind = collections.namedtuple("Kind", "name compile link linkers alone", defaults=[("bfd", "gold", "lld", "mold"), False])
KINDS = [
    Kind("debug", ["-g3"], []),
    Kind("plain", [], []),
    Kind("separate_code", ["-g"], ["-Wl,-z,separate-code"], ("bfd", "lld", "mold")),
    Kind("noseparate_code", ["-g"], ["-Wl,-z,noseparate-code"], ("bfd", "lld", "mold")),
    Kind("align_64k", ["-g"], ["-Wl,-z,max-page-size=65536"]),
    Kind("emit_relocs", ["-g"], ["-Wl,--emit-relocs"]),
    Kind("compressed", ["-g", "-gz"], ["-gz"]),
    Kind("split", ["-g", "-gsplit-dwarf"], []),
    Kind("relr", ["-g"], ["-Wl,-z,pack-relative-relocs"], ("bfd", "lld", "mold")),
    Kind("static", ["-g", "-fno-pie"], ["-static", "-no-pie"], alone=True),
    Kind("static_relocs", ["-g", "-fno-pie"], ["-static", "-no-pie", "-Wl,--emit-relocs"], ("bfd",), True),
    Kind("static_pie", ["-g", "-fPIE"], ["-static-pie"], alone=True),
]


def run(command, work) -> bool:
    return subprocess.run(list(map(str, command)), cwd=work, capture_output=True).returncode == 0


def compile_objects(work: pathlib.Path, kind: Kind) -> None:
    sources = {"alone": ALONE} if kind.alone else {"library": LIBRARY, "program": PROGRAM}
    for name, text in sources.items():
        (work / f"{name}.cc").write_text(text)
        pic = [] if kind.alone else ["-fPIC"]
        assert run(["g++", "-O1", *pic, *kind.compile, "-c", f"{name}.cc", "-o", f"{name}.o"], work), (kind.name, name)


def link(work: pathlib.Path, kind: Kind, linker: str, out: pathlib.Path) -> bool:
    """False where the linker does not know an option."""
    out.mkdir(parents=True)
    use = ["g++", f"-fuse-ld={linker}", *kind.link]
    if kind.alone:
        return run([*use, "alone.o", "-o", out / "program"], work)
    (work / "versions.map").write_text(VERSIONS)
    library = [*use, "-shared", "library.o", "-Wl,--version-script=versions.map", "-Wl,-soname,libpart.so.1", "-o", out / "libpart.so.1"]
    return run(library, work) and run([*use, "program.o", out / "libpart.so.1", "-Wl,-rpath,$ORIGIN", "-o", out / "program"], work)


def outcome(program: pathlib.Path) -> tuple:
    done = subprocess.run([program], capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


def build_all(work: pathlib.Path, package: pathlib.Path) -> list:
    linkers = [linker for linker in ("bfd", "gold", "lld", "mold") if shutil.which(f"ld.{linker}")]
    for linker in {"bfd", "gold", "lld", "mold"} - set(linkers):
        slimtest.leave_out(f"ld.{linker}, which is not installed")
    made = []
    for kind in KINDS:
        compile_objects(work, kind)
        for linker in set(linkers) & set(kind.linkers):
            folder = package / f"{kind.name}-{linker}"
            if link(work, kind, linker, folder) and outcome(folder / "program")[0] == 3:
                made.append(folder.name)
            else:
                shutil.rmtree(folder)
    return made


def build_others(work: pathlib.Path, package: pathlib.Path) -> list:
    """A Rust and a Go program, where their compilers are."""
    made = []
    (work / "main.rs").write_text('fn main() { std::panic::set_hook(Box::new(|_| {})); '
                                  'let caught = std::panic::catch_unwind(|| { panic!("inside") }); '
                                  'println!("{}", caught.is_err()); std::process::exit(3) }')
    (work / "main.go").write_text('package main\nimport ("fmt"; "os"; "runtime")\nfunc main() { '
                                  'defer func() { recover(); _, file, line, ok := runtime.Caller(0); '
                                  'fmt.Println(len(file) > 0, line, ok); os.Exit(3) }(); panic("inside") }')
    for name, compiler in (("rust", ["rustc", "-g", "main.rs", "-o"]), ("go", ["go", "build", "-o"])):
        folder = package / name
        folder.mkdir(parents=True)
        source = ["main.go"] if name == "go" else []
        if shutil.which(compiler[0]) and run([*compiler, folder / "program", *source], work):
            made.append(name)
        else:
            slimtest.leave_out(f"a program in {name}, as {compiler[0]} is not installed or does not work here")
            folder.rmdir()
    return made


with slimtest.workdir() as work:
    package = work / "package"
    made = build_all(work, package)
    if not any(name.endswith("-bfd") for name in made):
        slimtest.skip("g++ makes no program here")
    others = build_others(work, package)
    print(len(made), "programs:", " ".join(sorted(made + others)))
    before = {name: outcome(package / name / "program") for name in made + others}

    slimtest.slim(package, "-o", work / "slim.zip")
    slim = slimtest.unzip(work / "slim.zip", work / "slim")
    for name in made + others:
        assert outcome(slim / name / "program") == before[name], name
        for file in (package / name).iterdir():
            was, now = file.read_bytes(), (slim / name / file.name).read_bytes()
            assert elfcheck.faults(now) == [], (name, file.name)
            assert elfcheck.loaded_bytes(now) == elfcheck.loaded_bytes(was), (name, file.name)
            assert not any(section.startswith((".debug", ".zdebug")) for section in elfcheck.unloaded_sections(now)), (name, file.name)
            assert len(now) < len(was), (name, file.name)
            if name.split("-")[0] == "debug":
                assert len(now) < 0.7 * len(was), (name, file.name)

    slimtest.slim(work / "slim.zip", "-o", work / "again.zip")
    assert slimtest.sha256(work / "slim.zip") == slimtest.sha256(work / "again.zip")
