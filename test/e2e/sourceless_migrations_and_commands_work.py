#!/usr/bin/env python3
# labels: registry corpus
"""--bytecode sourceless on real frameworks: Alembic walks an installed package's migrations, Django its migrations and
commands, and both do what they did; most sources go all the same."""
import shutil
import sys

import slimtest

RUNTIME = f"python{sys.version_info[0]}.{sys.version_info[1]}"


def metadata(name: str) -> str:
    return f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n"


ALEMBIC = {
    "shop-1.dist-info/METADATA": metadata("shop"),
    "shop/__init__.py": """
import os, sqlite3
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

def upgrade(database):
    config = Config()
    config.set_main_option("script_location", os.path.join(os.path.dirname(os.path.abspath(__file__)), "migrations"))
    config.set_main_option("sqlalchemy.url", "sqlite:///" + database)
    command.upgrade(config, "head")
    with sqlite3.connect(database) as connection:
        tables = sorted(row[0] for row in connection.execute("select name from sqlite_master where type = 'table'"))
    return tables, [step.revision for step in ScriptDirectory.from_config(config).walk_revisions()]
""",
    "shop/migrations/env.py": """
from alembic import context
from sqlalchemy import create_engine
with create_engine(context.config.get_main_option("sqlalchemy.url")).connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
""",
    "shop/migrations/script.py.mako": "",
}
for number, before in (("0001", None), ("0002", "0001")):
    ALEMBIC[f"shop/migrations/versions/{number}_step.py"] = (
        f"import sqlalchemy as sa\nfrom alembic import op\nrevision = {number!r}\ndown_revision = {before!r}\n\n\n"
        f"def upgrade():\n    op.create_table('t{number}', sa.Column('id', sa.Integer, primary_key=True))\n")

DJANGO = {
    "polls-1.dist-info/METADATA": metadata("polls"),
    "polls/__init__.py": "",
    "polls/models.py": "from django.db import models\n\n\nclass Poll(models.Model):\n    text = models.CharField(max_length=10)\n",
    "polls/migrations/__init__.py": "",
    "polls/migrations/0001_initial.py": """
from django.db import migrations, models

class Migration(migrations.Migration):
    initial = True
    operations = [migrations.CreateModel("Poll", [("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")), ("text", models.CharField(max_length=10))])]
""",
    "polls/migrations/0002_rows.py": """
from django.db import migrations

class Migration(migrations.Migration):
    dependencies = [("polls", "0001_initial")]
    operations = [migrations.RunPython(lambda apps, schema: apps.get_model("polls", "Poll").objects.create(text="first"))]
""",
    "polls/management/__init__.py": "", "polls/management/commands/__init__.py": "",
    "polls/management/commands/hello.py": """
from django.core.management.base import BaseCommand

class Command(BaseCommand):
    def handle(self, *args, **options):
        self.stdout.write("hello")
""",
}
RUN_ALEMBIC = "import shop, sys\nprint(shop.upgrade(database))"
RUN_DJANGO = """
import io, django
from django.conf import settings
settings.configure(INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "polls"], DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
                   DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": database}})
django.setup()
from django.core.management import call_command, get_commands
from django.db.migrations.loader import MigrationLoader
out = io.StringIO()
call_command("migrate", verbosity=0)
call_command("hello", stdout=out)
call_command("makemigrations", "--check", "--dry-run", stdout=out)
from polls.models import Poll
print(out.getvalue(), [p.text for p in Poll.objects.all()], len(get_commands()), sorted(MigrationLoader(None).disk_migrations))
"""


def answers_as_before(name: str, packages: list, files: dict, run: str) -> set:
    libraries = slimtest.pip_target(name, packages)
    with slimtest.workdir() as work:
        package = work / "in"
        shutil.copytree(libraries, package)
        for path, text in files.items():
            (package / path).parent.mkdir(parents=True, exist_ok=True)
            (package / path).write_text(text)
        slimtest.slim(package, "-o", work / "out", "--bytecode", "sourceless", "--runtime", RUNTIME)
        answers = []
        for folder in (package, work / "out"):
            database = work / f"{folder.name}.db"
            done = slimtest.python_in(folder, f"database = {str(database)!r}\n{run}")
            assert done.returncode == 0, (folder.name, done.stderr[-2000:])
            answers.append(done.stdout)
        assert answers[0] == answers[1], answers
        print(name, answers[1].strip()[:200])
        return {str(path.relative_to(work / "out")) for path in (work / "out").rglob("*.py*")}


left = answers_as_before("sourceless-alembic", ["alembic==1.14.0", "sqlalchemy==2.0.36"], ALEMBIC, RUN_ALEMBIC)
assert {"shop/migrations/env.py", "shop/migrations/versions/0001_step.py"} <= left
left = answers_as_before("sourceless-django", ["django==5.1.4"], DJANGO, RUN_DJANGO)
assert {"polls/migrations/0001_initial.py", "polls/management/commands/hello.py", "polls/management/__init__.pyc"} <= left, sorted(p for p in left if "polls" in p)
