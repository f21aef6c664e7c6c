"""A field of a photographed paper goes only where a paper may be the source; layouts are whole."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from mulian.core.packs import current
from mulian.modules.households.pack import check

ROW: dict[str, Any] = {
    "code": "grassland",
    "purpose": {"zh": "凭据", "bo": "དཔང་ཡིག", "en": "Proof"},
    "keep_months": 12,
    "pages": [{"titles": ["草原承包经营权证"]}],
    "fields": [{"words": ["承包面积"], "to": "pasture.area"}],
}
PORTRAIT = {"top": "姓名", "bottom": "证号", "box": [1.0, 0.0, 2.0, 1.0]}


@pytest.mark.parametrize(
    ("given", "faults"),
    [
        ({}, 0),
        ({"code": "passport"}, 1),
        ({"fields": [{"words": ["牦牛"], "to": "livestock.yak"}]}, 1),
        ({"fields": [{"words": ["甲"], "to": "nothing"}, {"words": ["姓名"], "to": "name"}]}, 1),
        ({"pages": [{"titles": ["姓名"], "portrait": PORTRAIT}]}, 1),
        ({"pages": [{"titles": ["姓名"], "must": ["证号"], "portrait": PORTRAIT}]}, 0),
    ],
)
def test_what_does_not_fit_is_told(given: dict[str, Any], faults: int) -> None:
    pack = current()
    tables = {**pack.tables, "certificates": {"certificate": [{**ROW, **given}]}}
    found = [line for line in check(replace(pack, tables=tables)) if line.startswith("certificates.toml")]
    assert len(found) == faults, found
