"""The message catalogues locale/{zh_Hans,bo,en}/LC_MESSAGES/django.po, kept without the gettext programs.

  python tools/messages.py update          collect source strings, keep translations
  python tools/messages.py check           fail on gaps, wrong placeholders, wrong Tibetan (`make i18n`)
  python tools/messages.py compile         .po → .mo and counts in locale/review.json (`make setup`)
  python tools/messages.py todo LANG       the untranslated source strings as JSON {msgid: ""}
  python tools/messages.py fill LANG FILE  put such a JSON file's translations in
  python tools/messages.py count           how many are translated and reviewed

A string is reviewed when a person who reads the language passed it: the entry carries the translator
comment `# reviewed: NAME DATE`. Everything else in Tibetan is a draft.
"""

from __future__ import annotations

import gettext
import io
import json
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import allauth
import django
import extraction
import wording
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from steps import ROOT, Failed, main, say

LOCALE = ROOT / "locale"
SHOWN = 60  # faults a person reads at a time
PLURALS = {
    "zh_Hans": "nplurals=1; plural=0;",
    "bo": "nplurals=1; plural=0;",
    "en": "nplurals=2; plural=(n != 1);",
}
HEADER = """# {note}
msgid ""
msgstr ""
"Project-Id-Version: Mulian\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""
NOTES = {
    "zh_Hans": "Simplified Chinese.",
    "bo": "Tibetan. Entries without a comment `reviewed: NAME DATE` are drafts no native speaker has passed.",
    "en": "English. The source strings are English; only what should read otherwise is filled in here.",
}


def path_of(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def load(language: str) -> Catalog:
    path = path_of(language)
    text = (
        path.read_text()
        if path.exists()
        else HEADER.format(note=NOTES[language], language=language, plurals=PLURALS[language])
    )
    return read_po(io.BytesIO(text.encode()), locale=language, abort_invalid=True)


def save(language: str, catalog: Catalog) -> None:
    body = io.BytesIO()
    write_po(body, catalog, omit_header=True, sort_output=True, include_lineno=False, width=110)
    head = HEADER.format(note=NOTES[language], language=language, plurals=PLURALS[language])
    path_of(language).parent.mkdir(parents=True, exist_ok=True)
    path_of(language).write_text(head + body.getvalue().decode())


@cache
def upstream() -> tuple[gettext.GNUTranslations, ...]:
    """Django's and allauth's own Simplified Chinese."""
    roots = [Path(module.__file__ or "").parent for module in (django, allauth)]
    found = [path for root in roots for path in sorted(root.rglob("locale/zh_Hans/LC_MESSAGES/django.mo"))]
    return tuple(gettext.GNUTranslations(path.open("rb")) for path in found)


def wanted(language: str) -> dict[tuple[str, str | None], list[extraction.Found]]:
    """Every string this language must have: our own, and those of others that nobody else translated."""
    table: dict[tuple[str, str | None], list[extraction.Found]] = {}
    for found in extraction.everything():
        table.setdefault(found.key, []).append(found)
    if language == "bo":
        return table
    return {key: uses for key, uses in table.items() if not _elsewhere(uses)}


def _elsewhere(uses: list[extraction.Found]) -> bool:
    if any(not use.file.startswith("locale/") for use in uses):
        return False
    msgid, plural = uses[0].msgid, uses[0].plural
    if plural:
        return any(translation.ngettext(msgid, plural, 2) != plural for translation in upstream())
    return any(translation.gettext(msgid) != msgid for translation in upstream())


def update() -> None:
    for language in PLURALS:
        old, new = load(language), Catalog(locale=language)
        for (msgid, context), uses in wanted(language).items():
            plural = next((use.plural for use in uses if use.plural), None)
            kept = old.get(msgid, context) or old.obsolete.get((msgid, context) if context else msgid)
            files = sorted({use.file for use in uses})
            comments = kept.user_comments if kept else ()
            added = new.add(
                (msgid, plural) if plural else msgid,
                locations=[(f, 0) for f in files],
                user_comments=comments,
                context=context,
            )
            if kept and bool(plural) == bool(kept.pluralizable):
                added.string = kept.string
        _park(old, new)
        save(language, new)
    count()


def _park(old: Catalog, new: Catalog) -> None:
    """Translations whose source string is gone stay as obsolete entries: it may come back."""
    for message in [*(m for m in old if m.id), *old.obsolete.values()]:
        if _texts(message) and new.get(_single(message), message.context) is None:
            message.locations = []
            new.obsolete[_single(message)] = message


def _single(message: Message) -> str:
    return message.id[0] if isinstance(message.id, tuple | list) else message.id


def _texts(message: Message) -> list[str]:
    texts = message.string if isinstance(message.string, tuple | list) else [message.string]
    return [text for text in texts if text]


def faults(language: str) -> Iterator[str]:
    catalog, allowed = load(language), wording.allowed_words()
    for (msgid, context), uses in wanted(language).items():
        message = catalog.get(msgid, context)
        texts = _texts(message) if message else []
        if not texts and language != "en":
            yield f"{language}: no translation of {msgid!r} ({uses[0].file})"
        for text in texts:
            plural = uses[0].plural
            found = list(wording.placeholder_faults(msgid, plural, text))
            if language == "bo":
                found += wording.tibetan_faults(msgid, text, allowed)
            if language == "zh_Hans":
                found += wording.chinese_faults(msgid, text, allowed)
            yield from (f"{language}: {msgid!r}: {fault}: {text!r}" for fault in found)


def check() -> None:
    found = [fault for language in PLURALS for fault in faults(language)]
    count()
    if found:
        shown = [*found[:SHOWN], *(["…"] if len(found) > SHOWN else [])]
        raise Failed(
            "\n".join(shown), f"{len(found)} faults. New strings: make messages, then translate them."
        )


def compile_all() -> None:
    for language in PLURALS:
        with path_of(language).with_suffix(".mo").open("wb") as file:
            write_mo(file, load(language))
    (LOCALE / "review.json").write_text(json.dumps(counts(), indent=1) + "\n")


def counts() -> dict[str, dict[str, int]]:
    """language → how many strings there are, are translated, and were passed by a native speaker."""
    table = {}
    for language in PLURALS:
        messages = [m for m in load(language) if m.id]
        reviewed = [m for m in messages if any(c.startswith("reviewed:") for c in m.user_comments)]
        table[language] = {
            "strings": len(messages),
            "translated": sum(bool(_texts(m)) for m in messages),
            "reviewed": len(reviewed),
        }
    return table


def count() -> None:
    for language, row in counts().items():
        say(f"{language}: " + ", ".join(f"{number} {name}" for name, number in row.items()))


def todo(language: str) -> None:
    catalog = load(language)
    missing = [m for m, c in wanted(language) if not ((found := catalog.get(m, c)) and _texts(found))]
    say(json.dumps(dict.fromkeys(sorted(missing), ""), ensure_ascii=False, indent=1))


def fill(language: str, file: str) -> None:
    catalog, given = load(language), json.loads(Path(file).read_text())
    for message in catalog:
        text = given.get(_single(message)) if message.id else None
        if text and text not in _texts(message):
            message.string = tuple([text] * catalog.num_plurals) if message.pluralizable else text
            message.user_comments = [c for c in message.user_comments if not c.startswith("reviewed:")]
    save(language, catalog)


COMMANDS = {
    "update": update,
    "check": check,
    "compile": compile_all,
    "count": count,
    "todo": todo,
    "fill": fill,
}

if __name__ == "__main__":
    if sys.argv[1:2] == [] or sys.argv[1] not in COMMANDS:
        sys.exit(__doc__)
    main(lambda: COMMANDS[sys.argv[1]](*sys.argv[2:]))  # type: ignore[operator]
