"""What the tests of jars share: compiling, packing by the JDK's own tools, jars from Maven's registry, and a fat jar as
Spring Boot makes it, with the loader's official classes."""
import pathlib
import shutil
import subprocess
import zipfile

import slimtest


def needs(*tools: str) -> None:
    for tool in tools:
        if shutil.which(tool) is None:
            slimtest.skip(f"{tool} is not installed")


def run(*command, cwd=None, code: int = 0) -> str:
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, cwd=cwd, timeout=300)
    assert done.returncode == code, f"{command}: exit {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout.strip()


def compile_java(folder: pathlib.Path, sources: dict) -> pathlib.Path:
    """sources: "app/Main.java" -> text. Gives the folder of the classes."""
    for name, text in sources.items():
        path = folder / "src" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    classes = folder / "classes"
    run("javac", "--release", "17", "-d", classes, *(folder / "src" / name for name in sources))
    return classes


def maven_jar(group: str, name: str, version: str) -> pathlib.Path:
    jar = pathlib.Path.home() / ".m2/repository" / group.replace(".", "/") / name / version / f"{name}-{version}.jar"
    if not jar.exists():
        needs("mvn")
        done = subprocess.run(["mvn", "-q", "dependency:get", f"-Dartifact={group}:{name}:{version}", "-Dtransitive=false"],
                              capture_output=True, text=True)
        if done.returncode != 0 or not jar.exists():
            print(done.stdout, flush=True)
            slimtest.skip(f"no registry gives {name}-{version}.jar")
    return jar


def library(folder: pathlib.Path, name: str, says: str) -> bytes:
    """A small jar whose class lib.Name says a word."""
    classes = compile_java(folder / name, {"lib/Name.java": f'package lib; public class Name {{ public static String get() {{ return "{says}"; }} }}'})
    jar = folder / f"{name}.jar"
    run("jar", "cf", jar, "-C", classes, ".")
    return jar.read_bytes()


MAIN = """package app;
public class Main {
  public static void main(String[] args) {
    System.out.println("started with " + lib.Name.get() + " " + (Main.class.getResource("/data/") != null));
  }
}
"""


def spring_boot_jar(folder: pathlib.Path, target: pathlib.Path, loader: str, launcher: str) -> None:
    """As spring-boot-maven-plugin writes it: folders have entries, nested jars are stored, the class path is their order."""
    lib_z, lib_a = library(folder, "z-first", "the first"), library(folder, "a-second", "the second")
    (folder / "lib").mkdir(exist_ok=True)
    (folder / "lib/z-first.jar").write_bytes(lib_z)
    classes = folder / "app/classes"
    (folder / "app/src/app").mkdir(parents=True, exist_ok=True)
    (folder / "app/src/app/Main.java").write_text(MAIN)
    run("javac", "--release", "17", "-cp", folder / "lib/z-first.jar", "-d", classes, folder / "app/src/app/Main.java")
    with zipfile.ZipFile(target, "w") as out, zipfile.ZipFile(maven_jar("org.springframework.boot", "spring-boot-loader", loader)) as boot:
        def put(name: str, content: bytes = b"", method: int = zipfile.ZIP_DEFLATED) -> None:
            out.writestr(zipfile.ZipInfo(name, (2024, 2, 1, 0, 0, 0)), content, method if content else zipfile.ZIP_STORED)

        put("META-INF/")
        put("META-INF/MANIFEST.MF", f"Manifest-Version: 1.0\r\nMain-Class: {launcher}\r\nStart-Class: app.Main\r\n"
            "Spring-Boot-Classes: BOOT-INF/classes/\r\nSpring-Boot-Lib: BOOT-INF/lib/\r\n\r\n".encode())
        for info in boot.infolist():
            if info.filename.startswith("org/"):
                put(info.filename, boot.read(info))
        for name in ("BOOT-INF/", "BOOT-INF/classes/", "BOOT-INF/classes/app/", "BOOT-INF/classes/data/"):
            put(name)
        put("BOOT-INF/classes/app/Main.class", (classes / "app/Main.class").read_bytes())
        put("BOOT-INF/classes/data/x.txt", b"x" * 999)
        put("BOOT-INF/lib/")
        put("BOOT-INF/lib/z-first.jar", lib_z, zipfile.ZIP_STORED)
        put("BOOT-INF/lib/a-second.jar", lib_a, zipfile.ZIP_STORED)


LOADERS = [("2.7.18", "org.springframework.boot.loader.JarLauncher"),
           ("3.3.5", "org.springframework.boot.loader.launch.JarLauncher")]
