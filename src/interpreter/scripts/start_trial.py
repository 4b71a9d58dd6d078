# Loads a handler as Lambda's runtime client does, and tells from which sources Python took code until it was loaded.
# Standard input: lines "task PATH", "root PATH", "client NAME", "module NAME", "function NAME", "seconds N", "megabytes N",
# "bytecode PATH" (an empty folder that takes bytecode).
# Standard output: one line of JSON: {"files": […], "error": … or null, "made_up": […], "without": microseconds, "with": microseconds}.
# Each attempt runs in a process of its own. A variable of the environment that the handler can't do without gets the value 1
# in the next attempt: what it is on Lambda is not known here.
import os
import resource
import signal
import sys

request = {"root": [], "client": []}
for line in sys.stdin.buffer:
    key, value = os.fsdecode(line.rstrip(b"\n")).split(" ", 1)
    if isinstance(request.get(key), list):
        request[key].append(value)
    else:
        request[key] = value

out = os.dup(1)
null = os.open(os.devnull, os.O_RDWR)
for stream in (0, 1, 2):
    os.dup2(null, stream)
size = int(request["megabytes"]) << 20
resource.setrlimit(resource.RLIMIT_AS, (size, size))
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
os.chdir(request["task"])
name = request["module"] + "." + request["function"]
# What Lambda sets for every function; the keys are none. A region, because clients of AWS can't be made without one.
os.environ.update({
    "_HANDLER": name, "LAMBDA_TASK_ROOT": request["task"], "LAMBDA_RUNTIME_DIR": "/var/runtime", "TZ": ":UTC",
    "AWS_REGION": "us-east-1", "AWS_DEFAULT_REGION": "us-east-1", "AWS_LAMBDA_FUNCTION_NAME": "function",
    "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "1024", "AWS_LAMBDA_LOG_GROUP_NAME": "/aws/lambda/function",
    "AWS_LAMBDA_LOG_STREAM_NAME": "stream", "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand", "AWS_LAMBDA_RUNTIME_API": "127.0.0.1:9",
    "AWS_EXECUTION_ENV": "AWS_Lambda_python%d.%d" % sys.version_info[:2], "AWS_ACCESS_KEY_ID": "none", "AWS_SECRET_ACCESS_KEY": "none",
    "AWS_SESSION_TOKEN": "none", "AWS_EC2_METADATA_DISABLED": "true"})


def told(error):
    return (type(error).__name__ + ": " + str(error))[:400]


def missing_variable(error):
    """The variable whose lookup in os.environ failed, if that is what went wrong."""
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    own = last is not None and last.tb_frame.f_code is type(os.environ).__getitem__.__code__
    return error.args[0] if isinstance(error, KeyError) and own else None


def processor_seconds():
    use = resource.getrusage(resource.RUSAGE_SELF)
    return use.ru_utime + use.ru_stime


def keep_bytecode(external, codes):
    """Where the next attempt looks for it."""
    for path, code in codes.items():
        try:
            target = external.cache_from_source(path)
            os.makedirs(os.path.dirname(target), exist_ok=True)
            with open(target, "wb") as file:
                file.write(external._code_to_hash_pyc(code, bytes(8), False))
        except Exception:
            pass


def load(keeps):
    """Loads it, and tells what came of it."""
    import _frozen_importlib_external as external

    codes = {}
    get_code = external.SourceLoader.get_code

    def seen(self, fullname):
        code = get_code(self, fullname)
        codes[self.get_filename(fullname)] = code
        return code

    external.SourceLoader.get_code = seen
    sys.dont_write_bytecode = True
    sys.pycache_prefix = request["bytecode"]
    answer = {"error": None, "missing": None}
    begin = processor_seconds()
    # The runtime client comes with the runtime; where the package brings it, it runs first. Then, as it does: .pth files.
    for client in request["client"]:
        try:
            __import__(client)
        except BaseException:
            pass
    import site

    sys.path[:0] = request["root"]
    for root in request["root"]:
        site.addsitedir(root)
    try:
        import importlib

        getattr(importlib.import_module(request["module"]), request["function"])
    except BaseException as error:
        answer["error"], answer["missing"] = told(error), missing_variable(error)
    answer["seconds"] = processor_seconds() - begin
    answer["files"] = sorted(codes)
    if keeps and answer["error"] is None:
        keep_bytecode(external, codes)
    return answer


def attempt(keeps=True):
    """The answer of a process of its own."""
    import json

    answers, answer = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(answers)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(int(request["seconds"]))
        try:
            result = json.dumps(load(keeps)).encode()
            with os.fdopen(answer, "wb") as file:
                file.write(result)
        finally:
            os._exit(0)
    os.close(answer)
    with os.fdopen(answers, "rb") as file:
        text = file.read()
    status = os.waitpid(pid, 0)[1]
    if text:
        return json.loads(text)
    ended = status & 0x7F
    why = "it took longer than %s seconds" % request["seconds"] if ended == signal.SIGALRM else "the process ended"
    return {"error": why, "missing": None, "files": [], "seconds": 0}


made_up = []
first = attempt()
while first["missing"] is not None and len(made_up) < 50 and first["missing"] not in made_up:
    made_up.append(first["missing"])
    os.environ[first["missing"]] = "1"
    first = attempt()
second = attempt(False) if first["error"] is None else None
import json

answer = {"files": first["files"], "error": first["error"], "made_up": made_up, "without": int(first["seconds"] * 1e6),
          "with": int((second if second and second["error"] is None else first)["seconds"] * 1e6)}
os.write(out, json.dumps(answer).encode() + b"\n")
