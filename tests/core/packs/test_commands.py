"""What `mulian pack check` and `mulian pack new` print and answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from mulian.core.packs.commands import check_command, new_command


def verdicts(capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What was printed, without what only should be known (a year whose holidays are not published)."""
    return [line for line in capsys.readouterr().out.splitlines() if ": note: " not in line]


def test_all_shipped_packs_are_right(capsys: pytest.CaptureFixture[str]) -> None:
    assert check_command([]) == 0
    lines = verdicts(capsys)
    assert [line.partition(":")[0] for line in lines] == ["dari", "gande", "haiyan", "zhiduo"]
    assert [line.endswith("all right") for line in lines] == [True] * 4


def test_a_pack_by_name_and_by_path(gande: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check_command(["dari", str(gande)]) == 0
    assert len(verdicts(capsys)) == 2


def test_a_fault_is_printed_with_its_place(gande: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (gande / "points.csv").write_text("code,lat,lon,status,source\n632724100,33,96,draft,nobody\n")
    assert check_command([str(gande)]) == 1
    assert capsys.readouterr().out.splitlines()[0] == "gande: points.csv: 632724100: is not in areas.csv"


def test_a_wrong_receiver_is_printed(gande: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (gande / "tests.toml").read_text(encoding="utf-8")
    row = '\n[[case]]\nname = "x"\nunknown = true\nresponsible = "county_centre"\nreceivers = ["dept.water"]'
    (gande / "tests.toml").write_text(text + row, encoding="utf-8")
    assert check_command([str(gande)]) == 1
    assert "x: expected receivers dept.water, got county_centre" in capsys.readouterr().out


def test_an_unknown_pack(capsys: pytest.CaptureFixture[str]) -> None:
    assert check_command(["nowhere"]) == 1
    assert capsys.readouterr().out == "nowhere: no pack at nowhere: pack.toml is missing\n"


def test_new_says_where_and_checks_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert new_command("632625", str(tmp_path)) == 0
    made, checked = verdicts(capsys)
    assert made == f"made {tmp_path / 'jiuzhi'}"
    assert checked.startswith("jiuzhi: ")
    assert checked.endswith("all right")


def test_new_for_no_county(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert new_command("999999", str(tmp_path)) == 1
    assert capsys.readouterr().out == "999999 is none of Qinghai's 45 county units\n"
