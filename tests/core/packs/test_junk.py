"""Whatever stands in a file, the check answers with faults and never breaks."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mulian.core.packs import check, load
from mulian.core.packs.expansion import expand

GANDE = load("gande")
JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 5),
    st.floats(allow_nan=False),
    st.text(max_size=5),
    st.just([]),
    st.just({}),
    st.just([3]),
    st.just([{}]),
    st.just({"code": "x"}),
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of everything inside a table."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    below = [place for key, each in inner for place in places(each, (*path, key))]
    return [path, *below] if path else below


PLACES = [place for place in places({**GANDE.tables}) if len(place) > 1]


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(place=st.sampled_from(PLACES), junk=JUNK)
def test_junk_anywhere_is_a_fault_or_harmless(place: tuple[Any, ...], junk: Any) -> None:
    tables: Any = copy.deepcopy(dict(GANDE.tables))
    at = tables
    for key in place[:-1]:
        at = at[key]
    at[place[-1]] = junk
    spoilt = replace(GANDE, tables=tables, units=expand(tables["units"], GANDE.areas))
    for fault in check(spoilt, parts=()):
        assert fault.file.endswith((".toml", ".csv"))


@pytest.mark.parametrize("entries", [3, "x", [3], [{}], {"code": "x"}])
def test_units_of_no_shape_make_no_unit(entries: Any) -> None:
    assert expand({"template": entries, "unit": entries}, GANDE.areas) == ()
