#!/usr/bin/env python3
# labels: docker registry
# timeout: 900
"""The images of packaging/docker are built: slim installs from its Debian package, its portable folder works in a root
that has nothing else, and the function's image holds in no layer what slim took from the function."""
import os
import pathlib
import shutil
import subprocess
import tarfile

import image_support
import slimtest

DOCKER = slimtest.SOURCE / "packaging/docker"
HANDLER = """import greenlet, psycopg2

def handler(event, context):
    return greenlet.greenlet(lambda x: x + 1).switch(event), psycopg2.extensions.libpq_version()
"""
ASK = "import app; print(app.handler(41, None))"


def files_of(folder: pathlib.Path) -> dict:
    """path -> content, or where it points."""
    return {str(path.relative_to(folder)): os.readlink(path) if path.is_symlink() else path.read_bytes()
            for path in folder.rglob("*") if path.is_symlink() or path.is_file()}


def needle(gone: bytes, kept: bytes) -> bytes | None:
    """64 bytes of a file that are nowhere in what stays; those of a stripped library's tables are near its end."""
    for at in range(len(gone) - 64, max(-1, len(gone) - 20_000), -64):
        piece = gone[at:at + 64]
        if len(set(piece)) > 16 and piece not in kept:
            return piece
    return None


def build_slim(images: image_support.Images, work: pathlib.Path) -> None:
    """The first stage compiles for minutes; here its place is taken by what it would give, from the slim under test."""
    package = image_support.debian_package(work / "package")
    (work / "compile/out").mkdir(parents=True)
    shutil.copy(package, work / "compile/out")
    images.build("slim", DOCKER / "slim.Dockerfile", slimtest.SOURCE, "--build-arg", f"DEBIAN={image_support.BASE}",
                 "--build-context", f"compile={work / 'compile'}")
    installed = subprocess.run(["dpkg-deb", "-c", package], capture_output=True, text=True, check=True).stdout
    for path in ("usr/bin/slim", "man1/slim.1", "bash-completion/completions/slim", "doc/slim-cli/copyright"):
        assert path in installed, installed


def check_portable(images: image_support.Images, work: pathlib.Path) -> None:
    """/opt/slim alone in a root, with libraries of the root's own that would break it, gives the same bytes."""
    version = slimtest.slim("--version").stdout
    assert images.run("slim", "bash", "-c", "slim --version | tee /tmp/summary") == version, "what a job in CI needs"
    root = work / "bare"
    shutil.copytree(images.root_of("slim") / "opt/slim", root / "opt/slim")
    licences = sorted(path.name for path in (root / "opt/slim/licenses").iterdir())
    assert "slim-cli" in licences and any(name.startswith("libarchive13") for name in licences), licences
    (root / "lib").mkdir()
    (root / "tmp").mkdir()
    for library in (root / "opt/slim/lib").iterdir():
        (root / "lib" / library.name).write_text("not a library")
    subprocess.run(["python3", slimtest.SOURCE / "testdata/make_sample.py", root / "in.zip"], check=True)
    subprocess.run(["tar", "-cf", root / "names.tar", "--format=pax", "-C", "/", "--transform=s,.*,pkg/größe-尺寸.txt,",
                    slimtest.SOURCE / "LICENSE"], check=True, capture_output=True)
    for source, target in (("in.zip", "out.zip"), ("names.tar", "names.zip"), ("in.zip", "out.tar.zst")):
        subprocess.run(["chroot", root, "/opt/slim/bin/slim", source, "-o", target, "-q"], check=True,
                       env={"PATH": os.environ["PATH"], "LD_LIBRARY_PATH": "/lib", "SLIM_CACHE": "off"})
        slimtest.slim(root / source, "-o", work / target, "-q")
        assert (root / target).read_bytes() == (work / target).read_bytes(), f"{target}: other bytes than on this system"


def build_function(images: image_support.Images, work: pathlib.Path) -> None:
    context = work / "function"
    context.mkdir()
    shutil.copy(DOCKER / "Dockerfile", context)
    (context / "requirements.txt").write_text("greenlet\npsycopg2-binary\n")
    (context / "app.py").write_text(HANDLER)
    for name, extra in (("fat", ["--target", "build"]), ("function", [])):
        images.build(name, context / "Dockerfile", context, "--build-arg", f"BASE={image_support.BASE}", *extra)


def check_layers(images: image_support.Images, work: pathlib.Path) -> None:
    base = images.layers(image_support.BASE, work / "base.oci")
    layers = images.layers("function", work / "function.oci")
    assert [layer.name for layer in layers[:-1]] == [layer.name for layer in base], "layers that are not the base's"
    with tarfile.open(layers[-1]) as layer:
        layer.extractall(work / "layer")
    top = files_of(work / "layer")

    task = images.root_of("fat") / "var/task"
    fat = files_of(task)
    slimmed = {path.removeprefix("var/task/"): content for path, content in top.items()}
    assert all(path.startswith("var/task/") for path in top), sorted(top)
    slimtest.slim(task, "-o", work / "expected/", "-q")
    assert slimmed == files_of(work / "expected")

    raw = layers[-1].read_bytes()
    changed = [path for path, content in fat.items() if isinstance(content, bytes) and content != slimmed.get(path)]
    assert any("/tests/" in path for path in changed) and any(path.endswith(".so") and path in slimmed for path in changed), changed
    kept = b"".join(content for content in slimmed.values() if isinstance(content, bytes))
    searched = 0
    for path in changed:
        piece = needle(fat[path], kept)
        if piece is not None:
            searched += 1
            assert piece not in raw, f"bytes of {path} are still in the layer"
    assert searched > len(changed) // 2, (searched, len(changed))

    fat_layers = images.layers("fat", work / "fat.oci")
    before = sum(layer.stat().st_size for layer in fat_layers[len(base):])
    print(f"on top of the base: {before / 1e6:.1f} MB before, {len(raw) / 1e6:.1f} MB after; {searched} files searched for")
    assert len(raw) < before


def check_it_answers(images: image_support.Images) -> None:
    before = images.run("fat", "python3", "-c", ASK, workingdir="/var/task")
    after = images.run("function", "python3", "-c", ASK, workingdir="/var/task")
    assert before == after and before.startswith("(42, "), (before, after)


image_support.need_buildah()
with slimtest.workdir() as work, image_support.Images(work) as images:
    build_slim(images, work)
    check_portable(images, work)
    build_function(images, work)
    check_layers(images, work)
    check_it_answers(images)
