"""Finds the source strings (msgids) in Python files and Django templates, without the gettext programs."""

from __future__ import annotations

import ast
import io
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import django
from babel.messages.extract import extract
from django.conf import settings
from django.utils.translation.template import templatize
from steps import ROOT

# Functions whose arguments are source strings: (place of the msgid, of the plural, of the context).
GETTEXT = {
    **dict.fromkeys(("_", "N_", "gettext", "gettext_lazy", "gettext_noop"), (0, None, None)),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (0, 1, None)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), (1, None, 0)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), (1, 2, 0)),
}
# Our own calls that carry source strings as data: positions and keywords that hold them.
CARRIERS: dict[str, tuple[int | str, ...]] = {
    "Meaning": (1, 2, "title", "next_step"),
    "register": (2, 3, "title", "next_step"),
    "Module": ("title",),
    "NavItem": (0, "title"),
    "Offer": (1, "title"),
    "Retention": ("what", "why"),
    "tell": ("title",),
}


@dataclass(frozen=True)
class Found:
    """One use of a source string."""

    msgid: str
    plural: str | None
    context: str | None
    file: str

    @property
    def key(self) -> tuple[str, str | None]:
        return self.msgid, self.context


def _constant(call: ast.Call, place: int | str | None) -> str | None:
    value: ast.expr | None = None
    if isinstance(place, int) and place < len(call.args):
        value = call.args[place]
    elif isinstance(place, str):
        value = next((word.value for word in call.keywords if word.arg == place), None)
    return value.value if isinstance(value, ast.Constant) and isinstance(value.value, str) else None


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def in_python(source: str, file: str) -> Iterator[Found]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        if (places := GETTEXT.get(_name(node))) is not None:
            msgid, plural, context = (_constant(node, place) for place in places)
            if node.args and isinstance(node.args[0], ast.JoinedStr):
                raise SystemExit(f"{file}:{node.lineno}: an f-string cannot be translated; use %(name)s")
            if msgid:
                yield Found(msgid, plural, context, file)
        for place in CARRIERS.get(_name(node), ()):
            if text := _constant(node, place):
                yield Found(text, None, None, file)


def in_template(source: str, file: str) -> Iterator[Found]:
    """Django turns a template into calls among filler words; Babel then reads those like Python."""
    calls = "\n".join(line.lstrip() for line in templatize(source).splitlines()).encode()
    keywords = {
        "_": None,
        "gettext": None,
        "ngettext": (1, 2),
        "pgettext": ((1, "c"), 2),
        "npgettext": ((1, "c"), 2, 3),
    }
    for _, words, _, context in extract("python", io.BytesIO(calls), keywords, options={"encoding": "utf-8"}):
        single = words if isinstance(words, str) else words[0]
        yield Found(single, None if isinstance(words, str) else words[1], context, file)


def _sources() -> Iterator[Path]:
    for folder, names, leaves in os.walk(ROOT / "src"):
        names[:] = sorted(
            n for n in names if n not in ("migrations", "node_modules", "dist", "vendor", "__pycache__")
        )
        yield from (Path(folder) / leaf for leaf in sorted(leaves) if leaf.endswith((".py", ".html", ".txt")))


def in_external() -> Iterator[Found]:
    """Strings of Django and allauth that we show: locale/external.txt, a plural after a tab."""
    path = ROOT / "locale" / "external.txt"
    for line in path.read_text().splitlines() if path.exists() else ():
        if line and not line.startswith("#"):
            msgid, _, plural = line.replace("\\n", "\n").partition("\t")
            yield Found(msgid, plural or None, None, "locale/external.txt")


def everything() -> list[Found]:
    """All uses of source strings in the project, in a stable order."""
    if not settings.configured:
        settings.configure(USE_I18N=True)
        django.setup()
    found: list[Found] = []
    for path in _sources():
        file = str(path.relative_to(ROOT))
        if path.suffix == ".py":
            found += in_python(path.read_text(), file)
        elif "templates" in path.parts:
            found += in_template(path.read_text(), file)
    return found + list(in_external())
