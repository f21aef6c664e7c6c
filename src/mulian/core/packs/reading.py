"""Reads the files of one pack folder and merges them onto those of the pack it extends."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from mulian.core.packs.pack import AreaRow, PointRow

NOT_INHERITED = frozenset({"tests"})


class Unreadable(ValueError):
    """A file that is no TOML or CSV of the expected columns."""


def read_tables(folder: Path) -> dict[str, dict[str, Any]]:
    """file stem → content, for every TOML file of the folder."""
    tables = {}
    for path in sorted(folder.glob("*.toml")):
        try:
            tables[path.stem] = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
            raise Unreadable(f"{path.name}: {wrong}") from wrong
    return tables


def merge_tables(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """file by file; `tests` stay with the pack that wrote them, because they name its villages."""
    kept = {stem: table for stem, table in below.items() if stem not in NOT_INHERITED}
    return {stem: merged(kept.get(stem, {}), above.get(stem, {})) for stem in sorted({*kept, *above})}


def merged(below: Any, above: Any) -> Any:
    """Tables merge key by key, lists of tables by `code`, everything else is replaced."""
    if isinstance(below, dict) and isinstance(above, dict):
        return {
            key: merged(below.get(key), above[key]) if key in above else below[key]
            for key in {**below, **above}
        }
    if is_coded(below) and is_coded(above):
        return merged_rows(below, above)
    return above


def is_coded(value: Any) -> bool:
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(row, dict) and "code" in row for row in value)
    )


def merged_rows(below: list[dict[str, Any]], above: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Later entries win by code and keep the place of the earlier one; `drop = true` takes an entry away."""
    rows = {row["code"]: row for row in below}
    for row in above:
        rows[row["code"]] = merged(rows[row["code"]], row) if row["code"] in rows else row
    return [row for row in rows.values() if not row.get("drop")]


def read_areas(path: Path) -> tuple[AreaRow, ...]:
    return tuple(area_row(row, path.name) for row in read_csv(path))


def area_row(row: Mapping[str, str], file: str) -> AreaRow:
    try:
        return AreaRow(
            level=row["level"],
            code=row["code"],
            parent=row["parent"],
            kind=row["kind"],
            name_zh=row["name_zh"],
            name_bo=row["name_bo"],
            name_en=row["name_en"],
            valid_from=date.fromisoformat(row["valid_from"]),
        )
    except (KeyError, ValueError) as wrong:
        raise Unreadable(f"{file}: {row.get('code', '?')}: {wrong}") from wrong


def read_points(path: Path) -> tuple[PointRow, ...]:
    try:
        return tuple(
            PointRow(row["code"], float(row["lat"]), float(row["lon"]), row["status"], row["source"])
            for row in read_csv(path)
        )
    except (KeyError, ValueError) as wrong:
        raise Unreadable(f"{path.name}: {wrong}") from wrong


def read_csv(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file, or none when the pack has no such file."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))
