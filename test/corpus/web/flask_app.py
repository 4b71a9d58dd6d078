"""Flask: routes, templates and files of a package, its command line."""
import os
import pathlib
import subprocess
import sys
import tempfile

from flask import Flask, jsonify, render_template_string, session

app = Flask(__name__)
app.secret_key = "x"


@app.route("/hello/<name>")
def hello(name):
    session["seen"] = name
    return render_template_string("{% for c in name %}{{ loop.index }}:{{ c|upper }} {% endfor %}{{ x|default('-') }}", name=name)


app.add_url_rule("/json", view_func=lambda: jsonify(a=[1, 2], b={"c": None}), endpoint="json")


@app.errorhandler(404)
def missing(error):
    return str(error), 404


def answers_requests():
    client = app.test_client()
    return [(r.status_code, r.get_data(as_text=True)) for r in map(client.get, ["/hello/anna", "/json", "/none"])]


def lists_its_routes_on_the_command_line():
    here = pathlib.Path(__file__).parent
    done = subprocess.run([sys.executable, "-m", "flask", "--app", __name__, "routes"], cwd=here, capture_output=True, text=True,
                          env={**os.environ, "PYTHONPATH": str(here)})
    return done.returncode, done.stdout


def serves_a_debugger_resource():
    from werkzeug.debug import DebuggedApplication
    from werkzeug.test import Client
    page = Client(DebuggedApplication(app)).get("/?__debugger__=yes&cmd=resource&f=style.css")
    return page.status_code, len(page.data) > 1000


def tells_versions():
    from importlib.metadata import version
    return version("flask"), version("werkzeug"), [bool(e) for e in [version("click")]]


def signs():
    from itsdangerous import URLSafeTimedSerializer
    return URLSafeTimedSerializer("k").loads(URLSafeTimedSerializer("k").dumps({"a": 1}))
