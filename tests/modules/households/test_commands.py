"""`mulian import` and `mulian export` do what the console does, by the same rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from mulian.cli.arguments import parser
from mulian.core.access import actors
from mulian.core.access.models import Posting
from mulian.core.sheets.writing import Sheet, csv_bytes
from mulian.kernel.problems import Problem
from mulian.modules.households import commands
from mulian.modules.households.domain import exporting as rule
from mulian.modules.households.models import Household, Import
from tests.world import AT, VILLAGE, World

TITLES = ["户主", "村", "出生年", "牦牛"]


def table(folder: Path) -> str:
    place = folder / "台账.csv"
    place.write_bytes(csv_bytes(Sheet(name="", titles=TITLES, rows=[["甲新云", "恰曲纳合村", "1980", "4"]])))
    return str(place)


def test_a_file_is_compared_and_with_apply_taken_over(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = ["import", table(tmp_path), "--source", "村", "--purpose", "核对", "--area", VILLAGE]

    assert commands.import_command(parser().parse_args(told)) == 0
    assert commands.import_command(parser().parse_args([*told, "--apply"])) == 0

    assert [line.split(" ", 1)[1] for line in capsys.readouterr().out.splitlines()] == [
        "looking: 1 new", "done: 1 applied",
    ]  # fmt: skip
    assert Household.unscoped.because("a test looks").filter(name="甲新云").count() == 1
    assert Import.objects.count() == 2


def test_an_export_follows_the_duty_and_the_second_person(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "x.csv"
    told = ["export", "--by", "village_lead", "--purpose", "核对", "--out", str(out)]

    assert commands.export_command(parser().parse_args(told)) == 0
    assert "核对" in out.read_text(encoding="utf-8-sig")

    monkeypatch.setattr(rule, "FEW", 1)
    out.unlink()
    assert commands.export_command(parser().parse_args(told)) == 0
    assert "a second person decides" in capsys.readouterr().out
    assert not out.exists()


def test_who_has_no_duty_exports_nothing(world: World, tmp_path: Path) -> None:
    told = ["export", "--by", "liaison", "--purpose", "核对", "--out", str(tmp_path / "x.csv")]
    with pytest.raises(Problem) as refused:
        commands.export_command(parser().parse_args(told))
    assert refused.value.code == "not_found"

    Posting.objects.filter(person=world.people["village_lead"]).update(valid_to=AT)
    actors._cache.clear()
    with pytest.raises(Problem) as nobody:
        commands.export_command(parser().parse_args([*told[:2], "village_lead", *told[3:]]))
    assert nobody.value.code == "households.no_person"
