"""The tests.toml of a pack made by `mulian pack new`: the rules every county shares, on its own villages."""

from __future__ import annotations

from collections.abc import Iterable

from mulian.core.packs.pack import AreaRow

ROW = """\
[[case]]
name = "{name}"
{where}
{extra}receivers = [{receivers}]
responsible = "{responsible}"
"""


def sample_tests(areas: Iterable[AreaRow], township: AreaRow) -> str:
    """Rows for place, urgency, disease, person, vacancy, complaint, township only, nowhere, beyond."""
    areas = tuple(areas)
    village = next(area for area in areas if area.parent == township.code)
    elsewhere = next((a for a in reversed(areas) if a.level == "village" and a.code != village.code), village)
    here, other, above = f"village:{village.code}", f"village:{elsewhere.code}", f"township:{township.code}"
    at = f'village = "{village.code}"'
    home = f'household = {{ registered = "{village.code}", residing = "{elsewhere.code}" }}'
    both = [here, "county_centre"] if elsewhere == village else [here, other, "county_centre"]
    rows = [
        _row(
            "a broken bridge",
            at,
            [here, "county_centre"],
            here,
            text="村口的桥断了，过不去",
            topic="road.bridge",
        ),
        _row(
            "urgent snow",
            at,
            [here, "county_centre"],
            here,
            text="大雪封路，有人被困",
            hazard="snow",
            urgent=True,
        ),
        _row(
            "a notifiable animal disease",
            at,
            [here, "county_centre", "dept.veterinary", "dept.agriculture"],
            here,
            text="牛口蹄疫，口蹄起水泡",
            topic="herd.disease",
        ),
        _row("a pension", home, both, here, text="老人的养老金没有到账", topic="social.pension"),
        _row("a vacant post", at, [here, above, "county_centre"], above, text="路被水冲坏了", vacant=[here]),
        _row(
            "about the village head", at, [above, "county_centre"], above, text="投诉村长办事不公", about=here
        ),
        _row(
            "known to the township only",
            f'township = "{township.code}"',
            [above, "county_centre"],
            above,
            text="停电了",
        ),
        _row("an unknown place", "unknown = true", ["county_centre"], "county_centre", text="路断了"),
        _row("beyond the county", "beyond = true", ["county_centre"], "county_centre", text="邻县的桥坏了"),
    ]
    return "\n".join(rows)


def _row(
    name: str, where: str, receivers: list[str], responsible: str, **extra: str | bool | list[str]
) -> str:
    return ROW.format(
        name=name,
        where=where,
        extra="".join(f"{key} = {_toml(value)}\n" for key, value in extra.items()),
        receivers=", ".join(map(_toml, receivers)),
        responsible=responsible,
    )


def _toml(value: str | bool | list[str]) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"[{', '.join(map(_toml, value))}]" if isinstance(value, list) else f'"{value}"'
