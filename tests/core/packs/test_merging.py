"""How a pack is laid over the one it extends."""

from __future__ import annotations

from pathlib import Path

import pytest

from mulian.core.packs import BrokenPack, load
from mulian.core.packs.reading import merge_tables, merged

PACK = 'code = "632623"\n{extends}[name]\nzh = "县"\nbo = ""\nen = "c"\n'


def written(folder: Path, **files: str) -> Path:
    folder.mkdir()
    for stem, text in files.items():
        (folder / f"{stem}.toml").write_text(text, encoding="utf-8")
    return folder


def test_scalars_are_replaced_and_tables_merge_key_by_key() -> None:
    below = {"remind_at": 0.8, "quiet": {"from": "22:00", "to": "07:00"}}
    assert merged(below, {"remind_at": 0.5, "quiet": {"to": "08:00"}}) == {
        "remind_at": 0.5,
        "quiet": {"from": "22:00", "to": "08:00"},
    }


def test_rows_merge_by_code_and_keep_their_place() -> None:
    below = [{"code": "a", "days": 7, "kind": "solve"}, {"code": "b"}]
    above = [{"code": "c"}, {"code": "a", "days": 3}]
    assert merged(below, above) == [{"code": "a", "days": 3, "kind": "solve"}, {"code": "b"}, {"code": "c"}]


def test_a_dropped_row_is_gone() -> None:
    assert merged([{"code": "a"}, {"code": "b"}], [{"code": "a", "drop": True}]) == [{"code": "b"}]


def test_lists_of_words_are_replaced() -> None:
    assert merged({"zh": ["桥", "断桥"]}, {"zh": ["便桥"]}) == {"zh": ["便桥"]}


def test_merging_changes_neither_side() -> None:
    below, above = [{"code": "a", "words": {"zh": ["桥"]}}], [{"code": "a", "words": {"bo": ["ཟམ་པ"]}}]
    merged(below, above)
    assert (below, above) == (
        [{"code": "a", "words": {"zh": ["桥"]}}],
        [{"code": "a", "words": {"bo": ["ཟམ་པ"]}}],
    )


def test_tests_are_not_inherited() -> None:
    assert merge_tables({"tests": {"case": []}, "ladder": {}}, {}) == {"ladder": {}}


def test_a_pack_extends_its_neighbour(tmp_path: Path) -> None:
    written(tmp_path / "base", pack=PACK.format(extends=""), ladder="remind_at = 0.8\nstep_hours = 24\n")
    own = written(
        tmp_path / "own", pack=PACK.format(extends='extends = "base"\n'), ladder="remind_at = 0.5\n"
    )
    assert load(own).part("ladder") == {"remind_at": 0.5, "step_hours": 24}


def test_packs_extending_each_other_are_broken(tmp_path: Path) -> None:
    first = written(tmp_path / "first", pack=PACK.format(extends='extends = "second"\n'))
    written(tmp_path / "second", pack=PACK.format(extends='extends = "first"\n'))
    with pytest.raises(BrokenPack, match="extends itself"):
        load(first)


@pytest.mark.parametrize("name", ["nowhere", "./nowhere"])
def test_a_pack_that_is_not_there_is_broken(name: str) -> None:
    with pytest.raises(BrokenPack, match=r"pack\.toml is missing"):
        load(name)


def test_a_file_that_is_no_toml_is_named(tmp_path: Path) -> None:
    own = written(tmp_path / "own", pack=PACK.format(extends=""), ladder="remind_at = = 2")
    with pytest.raises(BrokenPack, match=r"ladder\.toml"):
        load(own)


def test_an_area_without_a_date_is_named(tmp_path: Path) -> None:
    own = written(tmp_path / "own", pack=PACK.format(extends=""))
    header = "level,code,parent,kind,name_zh,name_bo,name_en,valid_from\n"
    (own / "areas.csv").write_text(header + "county,632623,6326,county,甘德县,,Gande County,someday\n")
    with pytest.raises(BrokenPack, match=r"areas\.csv: 632623"):
        load(own)
