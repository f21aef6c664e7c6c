"""Everything a phone can show: the words built into the app, the county's hazards, and the pack's own words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from mulian.core import packs
from mulian.core.packs import Pack
from mulian.core.packs.pack import Table
from mulian.modules.phrases.domain.words import pieces


@dataclass(frozen=True)
class Phrase:
    """Words as they stand on a screen, without marks; `shown` is what the speaker reads, `group` where they stand."""

    words: str
    group: str
    shown: str
    meaning: dict[str, str]


def phrases(language: str) -> list[Phrase]:
    """What is wanted in a language, in the order of importance, each wording once."""
    found: dict[str, Phrase] = {}
    for code, names in _labels():
        for words in pieces(names.get(language, "")):
            found.setdefault(words, Phrase(words, code.partition(".")[0], words, names))
    numbers = (row for row in packs.current().rows("phrases", "phrase") if row.get("written"))
    found |= {row["written"]: _written(row, language) for row in numbers}
    return list(found.values())


def _written(row: Table, language: str) -> Phrase:
    """What stands on the screen in another form than it is spoken: digits."""
    names = _by_phone(row["name"])
    return Phrase(row["written"], row["code"].partition(".")[0], names[language], names)


def _labels() -> Iterator[tuple[str, dict[str, str]]]:
    yield from _built_in()
    yield from _from_pack(packs.current())


def _built_in() -> Iterator[tuple[str, dict[str, str]]]:
    """The app's own words, as its build wrote them beside it."""
    path = settings.MULIAN_FIELD_DIST / "words.json"
    words = _read(path, path.stat().st_mtime_ns) if path.is_file() else {}
    for code in words.get("zh-Hans", {}):
        yield code, {language: words[language].get(code, "") for language in words}


@lru_cache(maxsize=1)
def _read(path: Path, changed: int) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
    return found


def _from_pack(pack: Pack) -> Iterator[tuple[str, dict[str, str]]]:
    for hazard in pack.rows("hazards", "hazard"):
        yield f"hazard.{hazard['code']}", _by_phone(hazard["name"])
    yield "app.county", _by_phone(pack.name)
    for service in pack.rows("services", "service"):
        for names in (service["name"], *service["papers"], *service.get("steps", ())):
            yield f"service.{service['code']}", _by_phone(names)
    for purpose in pack.rows("services", "purpose"):
        yield f"service.{purpose['code']}", _by_phone(purpose["name"])
    yield from _register(pack)
    for row in pack.rows("phrases", "phrase"):
        if not row.get("written"):
            yield row["code"], _by_phone(row["name"])


def _register(pack: Pack) -> Iterator[tuple[str, dict[str, str]]]:
    """What facts are called, on a family's page and in the forms that ask for them."""
    for table in ("group", "item", "need", "document"):
        for row in pack.rows("register", table):
            for each in (row, *row.get("choices", ())):
                yield f"register.{row['code']}", _by_phone(each["name"])


def _by_phone(names: Any) -> dict[str, str]:
    """A pack's {zh, bo, en} under the phone's codes."""
    return {"bo": names.get("bo", ""), "zh-Hans": names.get("zh", ""), "en": names.get("en", "")}
