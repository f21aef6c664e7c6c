"""G1: what Mulian refuses cannot get a field, a choice or a heading, in Chinese, Tibetan or English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, get_type_hints

import msgspec
import pytest
from django import forms
from django.apps import apps
from django.conf import settings
from django.db import connections
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from mulian.core import packs
from mulian.core.packs.shapes import ROWS, WHOLE
from mulian.core.packs.writing import strings
from mulian.core.registry import commands, resolve
from mulian.core.sync import wire
from mulian.kernel import refused
from mulian.kernel.event import Event
from mulian.kernel.refused import TERMS, refused_in
from mulian.site.api import api
from tests.architecture import lookalikes

LANGUAGES = [code for code, _ in settings.LANGUAGES]
SHIPPED = ("gande", "dari", "zhiduo", "haiyan")


def _found(names: Iterator[tuple[str, str]]) -> list[str]:
    return sorted({f"{where}: {word}" for where, text in names if (word := refused_in(text))})


@pytest.mark.django_db(databases="__all__")
def test_g1_no_column_of_the_migrated_database_is_refused() -> None:
    def columns() -> Iterator[tuple[str, str]]:
        for alias in settings.DATABASES:
            with connections[alias].cursor() as cursor:
                inspect = connections[alias].introspection
                for table in inspect.table_names(cursor):
                    yield table, table
                    for column in inspect.get_table_description(cursor, table):
                        yield f"{table}.{column.name}", column.name

    assert len(list(columns())) > 200
    assert _found(columns()) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_g1_no_model_field_name_label_or_choice_is_refused(language: str) -> None:
    def names() -> Iterator[tuple[str, str]]:
        for model in apps.get_models(include_auto_created=True):
            for field in model._meta.concrete_fields:
                where = f"{model._meta.label}.{field.name}"
                yield where, field.name
                yield where, str(field.verbose_name)
                yield where, str(field.help_text)
                for value, label in field.flatchoices:
                    yield where, str(value)
                    yield where, str(label)

    with translation.override(language):
        assert _found(names()) == []


def _struct_names(kind: type[msgspec.Struct], seen: set[type] | None = None) -> Iterator[tuple[str, str]]:
    """The fields of a body and of the bodies inside it."""
    seen = seen if seen is not None else set()
    if kind in seen:
        return
    seen.add(kind)
    for name, hint in get_type_hints(kind).items():
        yield f"{kind.__name__}.{name}", name
        for inner in re.findall(r"[\w.]+", str(hint)):
            found = next((s for s in _all_structs() if f"{s.__module__}.{s.__qualname__}" == inner), None)
            if found:
                yield from _struct_names(found, seen)


def _all_structs() -> list[type[msgspec.Struct]]:
    found, rest = [], [msgspec.Struct]
    while rest:
        below = rest.pop().__subclasses__()
        found += below
        rest += below
    return found


def test_g1_no_body_a_phone_may_send_names_it() -> None:
    bodies: list[Any] = [resolve(kind.body) for kind in commands().values()]
    bodies += [
        kind for kind in vars(wire).values() if isinstance(kind, type) and issubclass(kind, msgspec.Struct)
    ]
    names = [pair for body in bodies if body is not msgspec.Struct for pair in _struct_names(body)]
    names += [(kind, kind) for kind in commands()]

    assert len(names) > 40
    assert _found(iter(names)) == []


def _properties(schema: Any, where: str = "") -> Iterator[tuple[str, str]]:
    """Every name and sentence of the API's own description."""
    if isinstance(schema, dict):
        for key, value in schema.items():
            yield f"{where}/{key}", str(key)
            yield from _properties(value, f"{where}/{key}")
    elif isinstance(schema, list):
        for value in schema:
            yield from _properties(value, where)
    elif isinstance(schema, str):
        yield where, schema


def test_g1_nothing_the_api_takes_or_gives_names_it() -> None:
    names = list(_properties(api.get_openapi_schema()))

    assert len(names) > 100
    assert _found(iter(names)) == []


def _forms() -> list[type[forms.BaseForm]]:
    import mulian.site.urls  # noqa: F401  every page's forms are imported with it

    found, rest = [], [forms.BaseForm]
    while rest:
        below = rest.pop().__subclasses__()
        found += below
        rest += below
    return [form for form in found if form.__module__.startswith("mulian.")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_g1_no_form_asks_for_it(language: str) -> None:
    def names() -> Iterator[tuple[str, str]]:
        for form in _forms():
            for name, field in getattr(form, "base_fields", {}).items():
                where = f"{form.__name__}.{name}"
                yield where, name
                yield where, str(field.label)
                yield where, str(field.help_text)
                # Choices read from tables are places and offices: names, not fields.
                fixed = isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField)
                for value, label in field.choices if fixed else ():
                    yield where, str(value)
                    yield where, str(label)

    with translation.override(language):
        assert len(list(names())) > 20
        assert _found(names()) == []


def test_g1_no_event_records_it() -> None:
    kinds, rest = [], [Event]
    while rest:
        below = rest.pop().__subclasses__()
        kinds += below
        rest += below
    ours = [kind for kind in kinds if kind.__module__.startswith("mulian.")]

    assert len(ours) > 20
    assert (
        _found(
            (kind.__name__, name)
            for kind in ours
            for name in (getattr(kind, "name", ""), *get_type_hints(kind))
        )
        == []
    )


def test_g1_no_table_of_a_pack_has_room_for_it() -> None:
    shapes = [*dict(ROWS).values(), *dict(WHOLE).values()]
    names = [pair for shape in shapes for kind in _shapes_of(shape) for pair in _struct_names(kind)]

    assert len(names) > 40
    assert _found(iter(names)) == []


def _shapes_of(value: Any) -> Iterator[type[msgspec.Struct]]:
    if isinstance(value, type) and issubclass(value, msgspec.Struct):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _shapes_of(inner)


@pytest.mark.parametrize("name", SHIPPED)
def test_g1_no_shipped_pack_names_it(name: str) -> None:
    pack = packs.load(name)
    tables = {stem: table for stem, table in pack.tables.items() if stem not in ("tests", "review")}

    assert (
        _found((f"{stem}.{path}", text) for stem, table in tables.items() for path, text in strings(table))
        == []
    )


@pytest.mark.parametrize("text", lookalikes.LEGITIMATE)
def test_g1_a_legitimate_word_passes(text: str) -> None:
    assert refused_in(text) is None


def test_g1_the_corpus_of_legitimate_words_is_large() -> None:
    assert len(set(lookalikes.LEGITIMATE)) >= 100


@pytest.mark.parametrize("term", list(refused.all_terms()))
def test_g1_each_term_is_needed(term: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every term has an example that is refused with it and slips through without it."""
    example = lookalikes.EXAMPLES[term]
    assert refused_in(example)

    monkeypatch.setattr(refused, "TERMS", {c: tuple(t for t in ts if t != term) for c, ts in TERMS.items()})

    assert refused_in(example) is None


def test_g1_every_concept_is_named_in_three_languages() -> None:
    """Lists and bodies that BOUNDARIES refuses; records and trails have Chinese and English names so far."""
    tibetan = {concept for concept, terms in TERMS.items() if re.search("[ༀ-࿿]", "".join(terms))}
    for terms in TERMS.values():
        assert re.search("[一-鿿]", "".join(terms))
        assert re.search("[a-z]{4}", "".join(terms))

    assert set(TERMS) - tibetan == {"clinical records", "surveillance"}


@given(st.sampled_from(["宗教信仰", "人脸", "政治面貌", "计划生育"]), st.data())
def test_g1_spacing_width_and_hidden_marks_do_not_help(word: str, data: st.DataObject) -> None:
    gaps = data.draw(
        st.lists(st.sampled_from(["", " ", "　", "\u200b", "_", "·"]), min_size=len(word), max_size=9)
    )
    written = "".join(letter + gap for letter, gap in zip(word, gaps, strict=False))

    assert refused_in(f"户主{written}（选填）")


@pytest.mark.parametrize(
    "name",
    [
        "household_religion",
        "isReligious",
        "faceID",
        "watch-list",
        "ｒｅｌｉｇｉｏｎ",
        "person.score",
        "KeyPerson",
        "ReLiGiOn",
        "r e l i g i o n",
        "z-o-n-g j-i-a-o",
        "zōng jiào xìn yǎng",
        "rеligiоn",
        "re\u200bli\u2063gion",
        "宗\ufe00教",
        "宗*教",
        "⼈脸",
        "ཆོས་་ལུགས",
        "ཆོས ལུགས",
        "ཆོས༌ལུགས",
    ],
)
def test_g1_ways_to_write_a_field_name_do_not_help(name: str) -> None:
    assert refused_in(name)
