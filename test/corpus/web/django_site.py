"""Django: settings, a migrated database, the admin's templates, translations, management commands found by walking folders."""
import io
import pathlib
import tempfile

import django
from django.conf import settings
from django.core.management import call_command, get_commands

FOLDER = tempfile.mkdtemp()
settings.configure(
    SECRET_KEY="x", DEBUG=True, ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], USE_TZ=True, STATIC_URL="/static/",
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": f"{FOLDER}/db.sqlite3"}},
    INSTALLED_APPS=["django.contrib.admin", "django.contrib.auth", "django.contrib.contenttypes",
                    "django.contrib.sessions", "django.contrib.messages", "django.contrib.staticfiles"],
    MIDDLEWARE=["django.contrib.sessions.middleware.SessionMiddleware",
                "django.contrib.auth.middleware.AuthenticationMiddleware",
                "django.contrib.messages.middleware.MessageMiddleware"],
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True, "OPTIONS": {
        "context_processors": ["django.template.context_processors.request", "django.contrib.auth.context_processors.auth",
                               "django.contrib.messages.context_processors.messages"]}}])
django.setup()

from django.contrib import admin  # noqa: E402
from django.urls import path  # noqa: E402

urlpatterns = [path("admin/", admin.site.urls)]


def finds_its_commands():
    return sorted(get_commands().items())


def migrates_and_lists_what_was_applied():
    out = io.StringIO()
    call_command("migrate", verbosity=0)
    call_command("showmigrations", stdout=out, no_color=True)
    return out.getvalue()


def shows_the_login_page():
    from django.test import Client
    page = Client().get("/admin/login/")
    return page.status_code, "csrfmiddlewaretoken" in page.content.decode(), len(page.content) > 2000


def shows_an_error_page():
    from django.test import Client
    page = Client().get("/nowhere/")
    return page.status_code, "Using the URLconf" in page.content.decode()


def speaks_german():
    from django.utils import formats, translation
    with translation.override("de"):
        return translation.gettext("Please enter a valid value."), formats.localize(1234567.891, use_l10n=True), str(
            formats.get_format("DATE_FORMAT"))


def collects_static_files():
    from django.contrib.staticfiles import finders
    found = finders.find("admin/css/base.css")
    return pathlib.Path(found).name, pathlib.Path(found).stat().st_size


def makes_an_app_from_its_template():
    target = pathlib.Path(tempfile.mkdtemp()) / "shop"
    target.mkdir()
    call_command("startapp", "shop", str(target))
    return {str(file.relative_to(target)): file.read_text() for file in sorted(target.rglob("*.py"))}


def checks_a_password():
    from django.contrib.auth.password_validation import CommonPasswordValidator
    try:
        CommonPasswordValidator().validate("password1")
        return "accepted"
    except django.core.exceptions.ValidationError as error:
        return error.messages
