"""The checks of translations find what they exist for: source strings, placeholders, wrong Tibetan."""

from __future__ import annotations

import extraction
import pytest
import wording

ALLOWED = {"Mulian", "GPS"}


def _found(strings: list[extraction.Found]) -> list[tuple[str, str | None, str | None]]:
    return [(use.msgid, use.plural, use.context) for use in strings]


def test_source_strings_of_python_are_found_in_calls_and_carriers() -> None:
    source = """
_("Sign in")
ngettext("%(n)s day", "%(n)s days", n)
pgettext("menu", "File")
register("cases.x", 409, "This is "
         "not possible.", "Go back.")
NavItem(title="Cases", url="/")
print("not shown to people")
"""
    assert sorted(_found(list(extraction.in_python(source, "x.py")))) == [
        ("%(n)s day", "%(n)s days", None),
        ("Cases", None, None),
        ("File", None, "menu"),
        ("Go back.", None, None),
        ("Sign in", None, None),
        ("This is not possible.", None, None),
    ]


def test_an_f_string_is_refused() -> None:
    with pytest.raises(SystemExit, match=r"x\.py:1: an f-string cannot be translated"):
        list(extraction.in_python('_(f"{n} days")', "x.py"))


def test_source_strings_of_templates_are_found() -> None:
    extraction.everything()
    source = """{% load i18n %}<p title="{% translate "A title" %}">it's
{% blocktranslate count n=items|length %}one {{ n }}{% plural %}{{ n }} of them{% endblocktranslate %}
{% blocktranslate trimmed %}
    two lines,
    one "string"
{% endblocktranslate %} {{ name|default:_("Nobody") }} {% translate "File" context "menu" %}</p>"""
    assert sorted(_found(list(extraction.in_template(source, "x.html")))) == [
        ("A title", None, None),
        ("File", None, "menu"),
        ("Nobody", None, None),
        ("one %(n)s", "%(n)s of them", None),
        ('two lines, one "string"', None, None),
    ]


@pytest.mark.parametrize(
    ("msgid", "plural", "text", "faults"),
    [
        ("%(n)s days left", None, "还有%(n)s天", 0),
        ("%(n)s days left", None, "还有%(m)s天", 1),
        ("%(n)s days left", None, "还有几天", 1),
        ("{n} days", None, "{n} 天", 0),
        ("100%% done", None, "全部完成", 0),
        ("one day", "%(n)s days", "%(n)s天", 0),
    ],
)
def test_placeholders_survive_translation(msgid: str, plural: str | None, text: str, faults: int) -> None:
    assert len(list(wording.placeholder_faults(msgid, plural, text))) == faults


@pytest.mark.parametrize(
    ("msgid", "text", "faults"),
    [
        ("Send", "སྐུར", []),
        ("Send", "སྐུར།", ["a label ends in a shad (it is added when shown)"]),
        ("Send", "སྐུར་", ["ends in a tsheg"]),
        ("Saved.", "ཉར་ཚགས་བྱས་ཟིན།", []),
        ("Saved.", "ཉར་ཚགས་བྱས་ཟིན་།", ["tsheg before shad (only after ང)"]),
        ("It is there.", "དེ་རུ་ཡོད་པ་རེད་དང་།", []),
        ("About Mulian", "Mulian སྐོར", []),
        (
            "Send",
            "Send",
            [
                "Latin words ['Send'] (add names that stay to locale/unchanged.txt)",
                "no Tibetan letters in it",
            ],
        ),
        ("Send", "发送", ["Chinese characters in a Tibetan string", "no Tibetan letters in it"]),
        ("%(n)s days", "ཉིན་%(n)s", []),
    ],
)
def test_tibetan_is_written_as_the_rules_say(msgid: str, text: str, faults: list[str]) -> None:
    assert list(wording.tibetan_faults(msgid, text, ALLOWED)) == faults


def test_chinese_left_in_english_is_seen() -> None:
    assert list(wording.chinese_faults("Send", "Send", ALLOWED)) == ["no Chinese characters in it"]
    assert list(wording.chinese_faults("GPS", "GPS", ALLOWED)) == []
