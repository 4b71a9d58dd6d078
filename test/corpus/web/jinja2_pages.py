"""Jinja2: filters and tests by name, templates of folders and packages, extensions by name, a sandbox."""
import jinja2
from jinja2.sandbox import SandboxedEnvironment


def renders_with_filters_and_tests():
    env = jinja2.Environment(extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols", "jinja2.ext.i18n"], trim_blocks=True)
    text = "{% for x in xs if x is divisibleby 3 %}{{ x|string|center(9) }}{% if x > 9 %}{% break %}{% endif %}{% endfor %}{{ xs|batch(4)|list|tojson }}"
    return env.from_string(text).render(xs=list(range(20)))


def knows_its_filters_and_tests():
    env = jinja2.Environment()
    return sorted(env.filters), sorted(env.tests)


def refuses_unsafe_code():
    try:
        return SandboxedEnvironment().from_string("{{ ''.__class__.__mro__ }}").render()
    except jinja2.exceptions.SecurityError as error:
        return str(error)


def points_at_an_error():
    try:
        jinja2.Environment().from_string("{% if %}")
    except jinja2.TemplateSyntaxError as error:
        return error.lineno, error.message


def lists_what_a_template_needs():
    from jinja2 import meta
    env = jinja2.Environment()
    return sorted(meta.find_undeclared_variables(env.parse("{{ a }}{% set b = c %}{{ b }}")))
