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
    far = next((a for a in reversed(areas) if a.level == "village" and a.code != village.code), village)
    return "\n".join([*_of_a_village(village), _of_a_person(village, far), *_elsewhere(township)])


def _of_a_village(village: AreaRow) -> list[str]:
    at, here = f'village = "{village.code}"', f"village:{village.code}"
    above, told = f"township:{village.parent}", [here, "county_centre"]
    vets = ["dept.veterinary", "dept.agriculture"]
    return [
        _row("a broken bridge", at, told, here, text="村口的桥断了，过不去", topic="road.bridge"),
        _row("urgent snow", at, told, here, text="大雪封路，有人被困", hazard="snow", urgent=True),
        _row(
            "a notifiable disease",
            at,
            [*told, *vets],
            here,
            text="牛口蹄疫，口蹄起水泡",
            topic="herd.disease",
        ),
        _row("a vacant post", at, [*told, above], above, text="路被水冲坏了", vacant=[here]),
        _row(
            "about the village head", at, [above, "county_centre"], above, text="投诉村长办事不公", about=here
        ),
    ]


def _of_a_person(village: AreaRow, far: AreaRow) -> str:
    """A family registered in one village and residing in another: both know, the first owns."""
    home = f'household = {{ registered = "{village.code}", residing = "{far.code}" }}'
    told = dict.fromkeys([f"village:{village.code}", f"village:{far.code}", "county_centre"])
    owner = f"village:{village.code}"
    return _row("a pension", home, [*told], owner, text="老人的养老金没有到账", topic="social.pension")


def _elsewhere(township: AreaRow) -> list[str]:
    at, above, centre = f'township = "{township.code}"', f"township:{township.code}", "county_centre"
    return [
        _row("known to the township only", at, [above, centre], above, text="停电了"),
        _row("an unknown place", "unknown = true", [centre], centre, text="路断了"),
        _row("beyond the county", "beyond = true", [centre], centre, text="邻县的桥坏了"),
    ]


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
