"""What is found in Chinese, Tibetan and Latin text: one table of queries, the same answers on both
databases.
"""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mulian.core.access.models import Person
from mulian.core.search import index as engine
from mulian.core.search.index import index, index_many, match, remove
from mulian.core.search.models import SearchEntry
from mulian.kernel.text import query, tokens

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 21, 1, 30, tzinfo=UTC)

TEXTS = {
    "bridge": "江千乡通往达日县窝赛乡的桥断了，车过不去",
    "forage": "雪太大，饲草不够，牦牛没有草场",
    "road": "公路上有落石",
    "grass": "རྩྭ་ཁ་མི་འདང་། ལམ་ཡང་ཆད་སོང་།",
    "root": "རྩི་ཤིང་གི་སྐོར།",
    "number": "GD20261121K7QX 4G信号没有 Transformer",
}

FINDS = {
    "桥": {"bridge"},
    "断": {"bridge"},
    "草": {"forage"},
    "够": {"forage"},
    "饲草": {"forage"},
    "草场": {"forage"},
    "窝赛乡": {"bridge"},
    "桥 饲草": set(),
    "雪 草场": {"forage"},
    "路": {"road"},
    "公路": {"road"},
    "རྩྭ": {"grass"},
    "རྩི": {"root"},
    "ལམ": {"grass"},
    "རྩྭ་ཁ": {"grass"},
    "GD2026": {"number"},
    "gd20261121k7qx": {"number"},
    "K7QX": set(),
    "trans": {"number"},
    "ansformer": set(),
    "4g": {"number"},
    "4G信号": {"number"},
    "。，": set(),
    "": set(),
    "a' | b": set(),
    '" OR tokens:*': set(),
}


@pytest.fixture
def ids() -> dict[UUID, str]:
    named = {uuid4(): name for name in TEXTS}
    index_many(kind="case", texts={id: TEXTS[name] for id, name in named.items()}, at=AT)
    return named


def found(query: str, named: dict[UUID, str], kind: str = "case") -> set[str]:
    return {named[row["subject_id"]] for row in match(kind, query)}


@pytest.mark.parametrize("query", FINDS)
def test_query_finds_exactly(query: str, ids: dict[UUID, str]) -> None:
    assert found(query, ids) == FINDS[query]


@pytest.mark.parametrize("query", FINDS)
def test_what_many_hold_is_asked_of_each_with_the_same_answer(
    query: str, ids: dict[UUID, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Subjects of another kind with the same words stand beside."""
    monkeypatch.setattr(engine, "MANY", 0)
    index_many(kind="task", texts={uuid4(): text for text in TEXTS.values()}, at=AT)
    people = {id: Person(id=id, username=name, name=name, created_at=AT) for id, name in ids.items()}
    Person.objects.bulk_create(people.values())
    rows = Person.objects.filter(engine.holds("case", query))
    assert {ids[row.id] for row in rows} == FINDS[query]


def test_another_kind_is_not_found(ids: dict[UUID, str]) -> None:
    assert found("桥", ids, kind="task") == set()


def test_indexing_again_replaces_and_removing_removes(ids: dict[UUID, str]) -> None:
    bridge = next(id for id, name in ids.items() if name == "bridge")
    index(kind="case", id=bridge, text="公路", at=AT)
    assert (found("桥", ids), found("公路", ids)) == (set(), {"road", "bridge"})
    remove(kind="case", ids=[bridge, uuid4()])
    assert (found("公路", ids), SearchEntry.objects.count()) == ({"road"}, len(TEXTS) - 1)


def test_match_joins_as_a_subquery(ids: dict[UUID, str]) -> None:
    rows = SearchEntry.objects.filter(subject_id__in=match("case", "桥"), subject_kind="case")
    assert [ids[row.subject_id] for row in rows] == ["bridge"]


def test_nothing_is_left_in_the_engine_after_removal(ids: dict[UUID, str]) -> None:
    remove(kind="case", ids=ids)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM search_tokens WHERE search_tokens MATCH 'zq6865'")
            assert cursor.fetchone() == (0,)
            cursor.execute("INSERT INTO search_tokens(search_tokens) VALUES ('integrity-check')")
    assert SearchEntry.objects.count() == 0


LETTERS = st.text(alphabet="桥断路草场雪 ,。་ཀཁརྩྭིལམabcZ019'\"\\&|!:*()", max_size=12)


@given(texts=st.lists(LETTERS, min_size=1, max_size=4), wanted=LETTERS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_engine_agrees_with_the_tokens(texts: list[str], wanted: str) -> None:
    SearchEntry.objects.all().delete()
    named = {uuid4(): text for text in texts}
    index_many(kind="case", texts=named, at=AT)
    expected = {id for id, text in named.items() if _holds(text, wanted)}
    assert {row["subject_id"] for row in match("case", wanted)} == expected


def _holds(text: str, wanted: str) -> bool:
    """By hand: every term of the query is a token of the text, or a character of it."""
    terms = query(wanted)
    have = set(tokens(text)) | {
        token for character in text if "一" <= character <= "龥" for token in tokens(character)
    }
    return bool(terms) and all(
        any(token == term.token or (term.prefix and token.startswith(term.token)) for token in have)
        for term in terms
    )
