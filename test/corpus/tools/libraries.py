"""Libraries that load data and plugins by name: providers, schemas, profiles, back ends, time zones, tables."""


def makes_up_people():
    from faker import Faker
    made = []
    for locale in ("en_US", "de_DE", "ja_JP", "pt_BR"):
        fake = Faker(locale)
        fake.seed_instance(5)
        made.append((fake.name(), fake.address(), fake.company(), fake.phone_number(), fake.iban(), fake.user_agent()[:10]))
    return made


def validates_json():
    import jsonschema
    from jsonschema.validators import validator_for
    errors = []
    for draft in ("http://json-schema.org/draft-04/schema#", "http://json-schema.org/draft-07/schema#", "https://json-schema.org/draft/2020-12/schema"):
        schema = {"$schema": draft, "type": "object", "properties": {"a": {"type": "integer", "format": "date"}}, "required": ["b"]}
        cls = validator_for(schema)
        cls.check_schema(schema)
        errors.append(sorted(e.message for e in cls(schema).iter_errors({"a": "x"})))
    return errors, len(jsonschema.Draft202012Validator.META_SCHEMA)


def validates_an_openapi_document():
    from openapi_spec_validator import OpenAPIV30SpecValidator, OpenAPIV31SpecValidator
    document = {"openapi": "3.0.0", "info": {"title": "t", "version": "1"}, "paths": {"/x": {"get": {"responses": {"200": {}}}}}}
    return [sorted(e.message for e in v({**document, "openapi": n}).iter_errors()) for v, n in ((OpenAPIV30SpecValidator, "3.0.0"), (OpenAPIV31SpecValidator, "3.1.0"))]


def keeps_keys():
    import keyring
    from keyring import backend
    return sorted(type(k).__name__ for k in backend.get_all_keyring()), type(keyring.get_keyring()).__name__


def loads_plugins():
    import pluggy
    from importlib.metadata import entry_points
    from stevedore import ExtensionManager
    manager = pluggy.PluginManager("pytest")
    return sorted(ExtensionManager("console_scripts").names()), manager.load_setuptools_entrypoints("pytest11"), len(entry_points(group="console_scripts"))


def stems_and_splits():
    from nltk.stem import PorterStemmer, SnowballStemmer
    from nltk.tokenize import RegexpTokenizer
    return PorterStemmer().stem("running"), SnowballStemmer("german").stem("Häuser"), RegexpTokenizer(r"\w+").tokenize("a b, c")


def knows_time_zones():
    import datetime
    import importlib.resources
    import zoneinfo
    zoneinfo.reset_tzpath(to=())
    zone = zoneinfo.ZoneInfo("Europe/Berlin")
    return str(datetime.datetime(2026, 7, 1, tzinfo=zone).utcoffset()), len(zoneinfo.available_timezones()), importlib.resources.files("tzdata").joinpath("zones").is_file()


def draws_tables():
    from io import StringIO

    from rich.console import Console
    from rich.markdown import Markdown
    from rich.syntax import Syntax
    from rich.table import Table
    out = StringIO()
    console = Console(file=out, width=60, force_terminal=True, color_system="truecolor")
    table = Table("a", "b")
    table.add_row("1", ":smile: 2")
    for shown in (table, Markdown("# T\n* x"), Syntax("x = 1", "python", theme="monokai")):
        console.print(shown)
    return out.getvalue()


def builds_an_extension_class():
    from setuptools import Extension, find_packages
    from setuptools.command.build_ext import build_ext
    return Extension("a", ["a.c"]).name, find_packages("/nonexistent"), build_ext.__name__
