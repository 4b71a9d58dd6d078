# Imports modules, each in a process that has imported nothing but the packages above it, and asks for distributions.
# Standard input: lines "root PATH", "seconds N", "megabytes N", "jobs N", "module NAME", "distribution NAME".
# Standard output: a line of JSON for each: {"module": …, "error": … or null}, {"distribution": …, "answer": …}.
# A module's process is forked from the one that has imported its package: importing a.b.c imports a and a.b first in
# any case, so that is the state of a fresh interpreter, at a fraction of the cost. The roots are copies that may be
# written to: bytecode goes there, so that a module is compiled once and not once for each that imports it.
import io
import json
import os
import resource
import signal
import sys
import warnings

warnings.simplefilter("ignore")
roots, modules, distributions = [], [], []
limits = {"seconds": 60, "megabytes": 4096, "jobs": 1}
for line in sys.stdin.buffer:
    key, value = os.fsdecode(line.rstrip(b"\n")).split(" ", 1)
    if key == "root":
        roots.append(value)
    elif key == "module":
        modules.append(value)
    elif key == "distribution":
        distributions.append(value)
    else:
        limits[key] = int(value)

out = os.dup(1)
null = os.open(os.devnull, os.O_RDWR)
os.dup2(null, 0)
os.dup2(null, 1)
sys.path[:0] = roots
known = set(modules)
tree = {}
for name in sorted(known):
    parent = name.rpartition(".")[0]
    while parent and parent not in known:
        parent = parent.rpartition(".")[0]
    tree.setdefault(parent, []).append(name)
# Tokens in a pipe bound how many imports run at a time, as make's job server does.
tokens_out, tokens_in = os.pipe()
os.write(tokens_in, b"." * limits["jobs"])
size = limits["megabytes"] << 20
resource.setrlimit(resource.RLIMIT_AS, (size, size))
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def tell(answer):
    os.write(out, json.dumps(answer).encode() + b"\n")


def told(error):
    return (type(error).__name__ + ": " + str(error))[:400]


def try_import(name):
    os.read(tokens_out, 1)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(limits["seconds"])
    sys.stdin, sys.stdout, sys.stderr = io.StringIO(), io.StringIO(), io.StringIO()
    try:
        __import__(name)
        tell({"module": name, "error": None})
        return True
    except BaseException as error:
        tell({"module": name, "error": told(error)})
        return False
    finally:
        signal.alarm(0)
        os.write(tokens_in, b".")


def run(names):
    """Each name in a child of this process, and what lies below it in children of that one."""
    running = {}

    def reap():
        pid, status = os.wait()
        name = running.pop(pid)
        if status == 0:
            return
        # A crash or the time limit: its token is lost with it, and those below it are never tried.
        os.write(tokens_in, b".")
        code = os.waitstatus_to_exitcode(status)
        why = "took longer than %d seconds" % limits["seconds"] if code == -signal.SIGALRM else "ended by signal %d" % -code
        pending = [name]
        while pending:
            lost = pending.pop()
            tell({"module": lost, "error": why})
            pending += tree.get(lost, [])

    for name in names:
        while len(running) >= 2 * limits["jobs"]:
            reap()
        pid = os.fork()
        if pid == 0:
            try:
                try_import(name)
                run(tree.get(name, []))
            finally:
                os._exit(0)
        running[pid] = name
    while running:
        reap()


def ask(name):
    import importlib.metadata

    try:
        found = importlib.metadata.distribution(name)
        points = sorted((point.group, point.name, point.value) for point in found.entry_points)
        return [found.metadata["Name"], found.version, sorted(found.requires or []), points]
    except importlib.metadata.PackageNotFoundError:
        return None


run(tree.get("", []))
if distributions and os.fork() == 0:
    for name in distributions:
        tell({"distribution": name, "answer": ask(name)})
    os._exit(0)
elif distributions:
    os.wait()
