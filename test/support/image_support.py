"""Building container images without a container engine: buildah, on a base image made from the system's own packages.

The base is a Debian (or Ubuntu) root of this machine's release, from this machine's package sources, with Python and
pip. It is made once and kept in the corpus folder.
"""
import fcntl
import json
import os
import pathlib
import re
import shutil
import subprocess

import slimtest

BASE = "localhost/base"
# What apt and pip say where nobody answers.
UNREACHABLE = re.compile(r"Could not (resolve|connect)|Temporary failure|Unable to connect|Failed to establish a new connection")


def cannot(reason: str) -> None:
    """In CI this must run, as for every skip; elsewhere it skips, visibly."""
    slimtest.skip(reason)


def need_buildah() -> None:
    for tool in ("buildah", "mmdebstrap", "cpack", "dpkg-shlibdeps", "file"):
        if shutil.which(tool) is None:
            cannot(f"{tool} is not installed")
    if os.geteuid() != 0:
        slimtest.skip("images are built as root here")


def package_sources() -> list[pathlib.Path]:
    """The distribution's own sources: others may not have what a root needs."""
    for name in ("sources.list.d/debian.sources", "sources.list.d/ubuntu.sources", "sources.list"):
        path = pathlib.Path("/etc/apt") / name
        if path.exists() and re.search(r"^(deb|Types)\b", path.read_text(), re.M):
            return [path]
    return []


def apt_options() -> list[str]:
    """How this machine reaches its sources (proxies, dates): the root needs the same."""
    dump = subprocess.run(["apt-config", "dump"], capture_output=True, text=True, check=True).stdout
    wanted = re.findall(r'^(Acquire::(?:https?::[^ ]*|Check-[^ ]*|Retries) "[^"\n]+";)$', dump, re.M)
    return [f"--aptopt={option}" for option in wanted]


def base_root() -> pathlib.Path:
    release = re.search(r"^VERSION_CODENAME=(\w+)", pathlib.Path("/etc/os-release").read_text(), re.M)
    if release is None or not package_sources():
        cannot("this system names no release or no package sources to make a root from")
    slimtest.CORPUS.mkdir(parents=True, exist_ok=True)
    target = slimtest.CORPUS / f"base-{release[1]}.tar"
    with open(target.with_suffix(".lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not target.exists():
            part = target.with_suffix(".part.tar")
            done = subprocess.run(
                ["mmdebstrap", "--mode=root", "--variant=apt", "--include=python3,python3-pip,ca-certificates",
                 "--dpkgopt=path-exclude=/usr/share/doc/*", "--dpkgopt=path-include=/usr/share/doc/*/copyright",
                 "--dpkgopt=path-exclude=/usr/share/man/*", "--dpkgopt=path-exclude=/usr/share/locale/*",
                 *apt_options(), release[1], part, *package_sources()], capture_output=True, text=True)
            if done.returncode != 0:
                cannot(f"no root could be made from the system's package sources: {done.stderr[-2000:]}")
            part.rename(target)
    return target


def pip_settings(work: pathlib.Path) -> list[str]:
    """This machine's way to the Python packages, as volumes of a build."""
    listed = subprocess.run(["python3", "-m", "pip", "config", "list"], capture_output=True, text=True).stdout
    found = dict(re.findall(r"^(?:global|install|:env:)\.(index-url|extra-index-url|trusted-host|proxy|cert)='(.*)'$", listed, re.M))
    authorities = "/etc/ssl/certs/ca-certificates.crt"
    volumes = []
    if pathlib.Path(authorities).exists():
        volumes = ["--volume", f"{authorities}:{authorities}:ro"]
        found["cert"] = authorities
    config = work / "pip.conf"
    config.write_text("[global]\n" + "".join(f"{name} = {value}\n" for name, value in found.items()))
    return [*volumes, "--volume", f"{config}:/etc/pip.conf:ro"]


def storage_driver(work: pathlib.Path) -> str:
    """vfs works everywhere, and copies the whole image for each layer; overlay needs a file system that it can lie on."""
    for name in ("lower", "upper", "inner", "merged"):
        (work / "probe" / name).mkdir(parents=True)
    probe = work / "probe"
    options = f"lowerdir={probe}/lower,upperdir={probe}/upper,workdir={probe}/inner"
    if subprocess.run(["mount", "-t", "overlay", "none", "-o", options, probe / "merged"], capture_output=True).returncode != 0:
        return "vfs"
    subprocess.run(["umount", probe / "merged"], check=True)
    return "overlay"


class Images:
    """A store of images of its own, which goes with the folder it is in."""

    def __init__(self, work: pathlib.Path):
        self.store = ["--root", work / "store", "--runroot", work / "run", "--storage-driver", storage_driver(work)]
        self.volumes = pip_settings(work)
        root = base_root()
        (work / "base.Dockerfile").write_text(f"FROM scratch\nADD {root.name} /\n")
        self.build(BASE, work / "base.Dockerfile", root.parent)
        container = self.buildah("from", "--pull-never", BASE).stdout.strip()
        done = self.buildah("run", container, "--", "true", check=False)
        self.buildah("rm", container)
        if done.returncode != 0:
            cannot(f"buildah can't run anything here: {done.stderr.strip()}")

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.buildah("rm", "--all", check=False)  # and with the containers go their mounts

    def buildah(self, *args, check: bool = True) -> subprocess.CompletedProcess:
        done = subprocess.run(["buildah", *map(str, [*self.store, *args])], capture_output=True, text=True,
                              env={**os.environ, "BUILDAH_ISOLATION": "chroot"})
        assert not check or done.returncode == 0, f"buildah {args}: exit {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done

    def build(self, name: str, dockerfile, context, *args) -> None:
        """Layers are cached, so that a stage is built once, whichever target asks for it; nothing is pulled."""
        done = self.buildah("build", "--layers", "--pull-never", *self.volumes, "-t", name, "-f", dockerfile, *args, context,
                            check=False)
        if done.returncode != 0 and UNREACHABLE.search(done.stdout + done.stderr):
            cannot("what the image is made from can't be reached from its build")
        assert done.returncode == 0, f"{dockerfile}: {done.stdout}\n{done.stderr}"

    def run(self, image: str, *command, workingdir: str = "/") -> str:
        """What a command prints in a container of the image."""
        container = self.buildah("from", "--pull-never", image).stdout.strip()
        printed = self.buildah("run", "--workingdir", workingdir, container, "--", *command).stdout
        self.buildah("rm", container)
        return printed

    def root_of(self, image: str) -> pathlib.Path:
        """The image's files, as a container of it sees them."""
        container = self.buildah("from", "--pull-never", image).stdout.strip()
        return pathlib.Path(self.buildah("mount", container).stdout.strip())

    def layers(self, image: str, folder: pathlib.Path) -> list[pathlib.Path]:
        """The layers as a registry would hold them, in their order, each as a tar."""
        self.buildah("push", "--disable-compression", image, f"oci:{folder}:image")
        index = json.loads((folder / "index.json").read_text())
        blob = lambda digest: folder / "blobs" / digest.replace(":", "/")
        manifest = json.loads(blob(index["manifests"][0]["digest"]).read_text())
        return [blob(layer["digest"]) for layer in manifest["layers"]]


def debian_package(folder: pathlib.Path) -> pathlib.Path:
    """The Debian package of the slim under test."""
    tree = pathlib.Path(slimtest.SLIM).parent
    subprocess.run(["cmake", "--build", tree, "--target", "slim_share"], check=True, capture_output=True)
    subprocess.run(["cpack", "-B", folder], cwd=tree, check=True, capture_output=True)
    return next(folder.glob("slim-cli_*.deb"))
