"""Text: lexers, styles, formatters, markdown extensions, grammars, locales and numbers, all loaded by their names."""


def colours_code():
    from pygments import highlight
    from pygments.formatters import get_formatter_by_name
    from pygments.lexers import get_all_lexers, get_lexer_by_name, guess_lexer_for_filename
    from pygments.styles import get_all_styles
    made = [highlight("def f(x): return 'a'", get_lexer_by_name("python"), get_formatter_by_name(f, style="monokai")) for f in ("html", "latex", "svg")]
    return made, sorted(get_all_styles()), len(list(get_all_lexers())), guess_lexer_for_filename("x.rs", "fn main() {}").name


def renders_markdown():
    import markdown
    text = "# T\n\n[TOC]\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```python\nx = 1\n```\n\n!!! note\n    hi\n"
    return markdown.markdown(text, extensions=["tables", "fenced_code", "toc", "codehilite", "admonition", "extra", "meta"])


def publishes_restructured_text():
    from docutils.core import publish_string
    text = "Title\n=====\n\n.. note:: hi\n\n.. math:: a^2\n\n.. code:: python\n\n   x = 1\n\n* *a* |--| ``b``\n\n.. include:: <isonum.txt>\n"
    return {w: publish_string(text, writer=w, settings_overrides={"report_level": 5, "datestamp": None, "generator": None}).decode()[-400:]
            for w in ("html5", "latex", "manpage", "pseudoxml", "xml")}


def speaks_many_languages():
    import datetime

    from babel import Locale, dates, numbers
    day = datetime.datetime(2026, 3, 4, 5, 6, tzinfo=datetime.timezone.utc)
    return [(numbers.format_currency(1234.5, "EUR", locale=x), dates.format_datetime(day, "full", locale=x, tzinfo=dates.get_timezone("Asia/Tokyo")),
             Locale.parse(x).get_display_name("en")) for x in ("de", "ja", "ar_EG", "hi", "pt_BR")]


def parses_phone_numbers():
    import phonenumbers
    from phonenumbers import carrier, geocoder, timezone
    number = phonenumbers.parse("+41446681800")
    return geocoder.description_for_number(number, "de"), timezone.time_zones_for_number(number), carrier.name_for_number(
        phonenumbers.parse("+40721234567"), "en"), phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def parses_by_grammar():
    from lark import Lark
    grammar = "start: expr\n?expr: NUMBER | expr \"+\" expr\n%import common.NUMBER\n%import common.WS\n%ignore WS\n"
    return Lark(grammar).parse("1 + 2 + 3").pretty(), len(Lark.open_from_package("lark", "lark.lark", ("grammars",), parser="lalr").rules)


def parses_markup():
    import bs4
    import lxml.etree as et
    from lxml import html, isoschematron
    tree = et.fromstring("<a><b x='1'/><b x='2'/></a>")
    style = et.XSLT(et.fromstring('<x:stylesheet version="1.0" xmlns:x="http://www.w3.org/1999/XSL/Transform"><x:template match="/"><c><x:value-of select="count(//b)"/></c></x:template></x:stylesheet>'))
    soup = bs4.BeautifulSoup("<p>x<b>y</p>", "lxml").prettify(), bs4.BeautifulSoup("<p>x<b>y</p>", "html.parser").text
    schematron = isoschematron.Schematron(et.fromstring('<schema xmlns="http://purl.oclc.org/dsdl/schematron"><pattern><rule context="a"><assert test="b">b</assert></rule></pattern></schema>'))
    return str(style(tree)), soup, schematron.validate(tree), html.fromstring("<a href='/x'>l</a>").get("href")


def validates_xml():
    import xmlschema
    schema = xmlschema.XMLSchema('<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="n" type="xs:positiveInteger"/></xs:schema>')
    return schema.is_valid("<n>3</n>"), schema.is_valid("<n>-3</n>"), len(xmlschema.XMLSchema11.meta_schema.maps.types)


def loads_yaml():
    import yaml
    return yaml.safe_load("a: [1, 2.5, yes, 2026-01-02]\nb: &x {c: ~}\nd: *x\n").__repr__(), yaml.dump({"z": [1, {"y": None}]}), yaml.__with_libyaml__
