"""Checks that every code mentioned exists, that areas form a tree, and that dates and hours make sense."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from mulian.core.packs.pack import Fault, Pack
from mulian.kernel.actor import Role

PARENT_LENGTH = {"province": 0, "prefecture": 2, "county": 4, "township": 6, "village": 9}
TOPIC_LEVELS = 3
CODE_LENGTH = {"province": 2, "prefecture": 4, "county": 6, "township": 9, "village": 12}


def check(pack: Pack) -> list[Fault]:
    """All dangling or contradictory codes of a pack whose files have the right shape."""
    checks = (
        _about,
        _areas,
        _points,
        _people,
        _units,
        _topics,
        _hazards,
        _promises,
        _calendars,
        _services,
        _tests,
    )
    return [fault for one in checks for fault in one(pack)]


def _about(pack: Pack) -> Iterator[Fault]:
    about = pack.part("pack")
    codes = {area.code: area for area in pack.areas}
    if codes.get(pack.code) is None or codes[pack.code].level != "county":
        yield Fault("pack.toml", "code", f"{pack.code!r} is no county of areas.csv")
    if not about.get("number_prefix"):
        yield Fault("pack.toml", "number_prefix", "is missing")
    if about.get("demo_township") not in codes:
        yield Fault("pack.toml", "demo_township", f"{about.get('demo_township')!r} is not in areas.csv")


def _areas(pack: Pack) -> Iterator[Fault]:
    yield from _twice("areas.csv", (area.code for area in pack.areas))
    seen: set[str] = set()
    for area in pack.areas:
        if (
            CODE_LENGTH.get(area.level) != len(area.code)
            or area.parent != area.code[: PARENT_LENGTH[area.level]]
        ):
            yield Fault("areas.csv", area.code, "level, code and parent do not fit together")
        if area.parent and area.parent not in seen:
            yield Fault("areas.csv", area.code, f"its parent {area.parent} does not stand before it")
        if not area.name_zh:
            yield Fault("areas.csv", area.code, "has no Chinese name")
        seen.add(area.code)


def _points(pack: Pack) -> Iterator[Fault]:
    codes = {area.code for area in pack.areas}
    for point in pack.points:
        if point.code not in codes:
            yield Fault("points.csv", point.code, "is not in areas.csv")
        if not (-90 <= point.lat <= 90 and -180 <= point.lon <= 180):
            yield Fault("points.csv", point.code, "is not on the earth")


def _people(pack: Pack) -> Iterator[Fault]:
    roles = {row["code"] for row in pack.rows("roles", "role")}
    yield from (
        Fault("roles.toml", code, "is no role") for code in sorted(roles - {role.value for role in Role})
    )
    yield from (Fault("roles.toml", role.value, "has no title") for role in Role if role.value not in roles)
    liaisons = pack.part("liaisons")
    if liaisons["households_min"] > liaisons["households_max"]:
        yield Fault("liaisons.toml", "households_min", "is more than households_max")


def _units(pack: Pack) -> Iterator[Fault]:
    yield from _twice("units.toml", (unit.code for unit in pack.units))
    kinds = {unit.kind for unit in pack.units}
    for kind in ("village", "township", "county_centre"):
        if kind not in kinds:
            yield Fault("units.toml", kind, "no unit of this kind")
    codes = {area.code for area in pack.areas}
    yield from (
        Fault("units.toml", u.code, f"area {u.area} unknown") for u in pack.units if u.area not in codes
    )
    yield from (
        Fault("units.toml", u.code, "{area} was not filled") for u in pack.units if "{" in u.code + u.name_zh
    )


def _level(topics: Mapping[str, Mapping[str, Any]], code: str | None) -> int:
    """1 for a topmost topic; 0 for an unknown one, one below an unknown one, and a loop."""
    for level in range(1, TOPIC_LEVELS + 1):
        if code is None or code not in topics:
            return 0
        code = topics[code].get("parent")
        if not code:
            return level
    return 0


def _topics(pack: Pack) -> Iterator[Fault]:
    topics = {row["code"]: row for row in pack.rows("topics", "topic")}
    departments = {unit.code for unit in pack.units if unit.kind == "department"}
    services = {row["code"] for row in pack.rows("services", "service")}
    for code, topic in topics.items():
        parent = topic.get("parent")
        if parent and _level(topics, parent) not in range(1, TOPIC_LEVELS):
            yield Fault("topics.toml", code, f"parent {parent!r} is no topic of the first or second level")
        if topic.get("service") and topic["service"] not in services:
            yield Fault("topics.toml", code, f"service {topic['service']!r} unknown")
        if parent and not (topic.get("words", {}).get("zh") and topic["words"].get("bo")):
            yield Fault("topics.toml", code, "needs words in Chinese and in Tibetan")
        for where in (topic, *topic.get("overrides", ())):
            told = {*where.get("departments", ()), *where.get("at_once", ())}
            yield from (
                Fault("topics.toml", code, f"{unit!r} is no department")
                for unit in sorted(told - departments)
            )
            yield from _area_codes(pack, "topics.toml", code, where.get("areas", ()))


def _hazards(pack: Pack) -> Iterator[Fault]:
    topics = {row["code"] for row in pack.rows("topics", "topic")}
    for hazard in pack.rows("hazards", "hazard"):
        if hazard["topic"] not in topics:
            yield Fault("hazards.toml", hazard["code"], f"topic {hazard['topic']!r} unknown")


def _promises(pack: Pack) -> Iterator[Fault]:
    topics = {row["code"] for row in pack.rows("topics", "topic")}
    clocks = {"round", *(row["code"] for row in pack.rows("calendars", "calendar"))}
    for promise in pack.rows("promises", "promise"):
        code = promise["code"]
        if sum(unit in promise for unit in ("minutes", "hours", "days")) != 1:
            yield Fault("promises.toml", code, "needs exactly one of minutes, hours, days")
        if promise.get("clock", "round") not in clocks:
            yield Fault("promises.toml", code, f"clock {promise['clock']!r} is no calendar")
        if "until" in promise and promise["until"] <= promise["from"]:
            yield Fault("promises.toml", code, "ends before it begins")
        unknown = sorted(set(promise.get("topics", ())) - topics)
        yield from (Fault("promises.toml", code, f"topic {topic!r} unknown") for topic in unknown)
        yield from _area_codes(pack, "promises.toml", code, promise.get("areas", ()))
    for here in pack.part("ladder").get("overrides", ()):
        yield from _area_codes(pack, "ladder.toml", "overrides", here["areas"])


def _calendars(pack: Pack) -> Iterator[Fault]:
    for calendar in pack.rows("calendars", "calendar"):
        both = sorted(set(calendar.get("holidays", ())) & set(calendar.get("workdays", ())))
        yield from (Fault("calendars.toml", calendar["code"], f"{day} is both") for day in both)
        turns = [tuple(turn.split("-")) for turn in calendar["hours"]]
        if any(start >= end for start, end in turns) or turns != sorted(turns):
            yield Fault("calendars.toml", calendar["code"], "hours must follow one another within a day")


def _services(pack: Pack) -> Iterator[Fault]:
    topics = {"", *(row["code"] for row in pack.rows("topics", "topic"))}
    clocks = {"round", *(row["code"] for row in pack.rows("calendars", "calendar"))}
    departments = {unit.code for unit in pack.units if unit.kind == "department"}
    facts = {row["code"]: row for row in pack.rows("register", "item")}
    for row in pack.rows("services", "service"):
        if row.get("topic", "") not in topics or row.get("calendar", "work") not in clocks:
            yield Fault("services.toml", row["code"], "topic or calendar unknown")
        if row["sent"] == (row["owner"] == "counter"):
            yield Fault(
                "services.toml", row["code"], "nothing is sent to a counter, and only to a counter nothing"
            )
    for row in pack.rows("services", "purpose"):
        for unit in sorted(set(row["departments"]) - departments):
            yield Fault("services.toml", row["code"], f"{unit!r} is no department")
        for code in row.get("facts", ()):
            fact = facts.get(code, {})
            if fact.get("type") != "yes_no" or fact.get("class") == "S3" or fact.get("of") == "camp":
                yield Fault("services.toml", row["code"], f"{code!r} is no plain yes/no fact of the register")


def _tests(pack: Pack) -> Iterator[Fault]:
    units = {unit.code for unit in pack.units}
    topics = {"", *(row["code"] for row in pack.rows("topics", "topic"))}
    hazards = {"", *(row["code"] for row in pack.rows("hazards", "hazard"))}
    services = {"", *(row["code"] for row in pack.rows("services", "service"))}
    yield from _twice("tests.toml", (case["name"] for case in pack.rows("tests", "case")))
    for case in pack.rows("tests", "case"):
        places = [case[key] for key in ("village", "township") if case.get(key)]
        places += list(case.get("household", {}).values())
        yield from _area_codes(pack, "tests.toml", case["name"], places)
        if sum(bool(case.get(key)) for key in ("village", "township", "household", "unknown", "beyond")) != 1:
            yield Fault("tests.toml", case["name"], "says in none or in several ways where it is")
        named = {*case["receivers"], case["responsible"], *case.get("vacant", ()), case.get("about", "")} - {
            "",
            "leader",
        }
        yield from (
            Fault("tests.toml", case["name"], f"unit {unit!r} unknown") for unit in sorted(named - units)
        )
        if case.get("topic", "") not in topics or case.get("hazard", "") not in hazards:
            yield Fault("tests.toml", case["name"], "topic or hazard unknown")
        if case.get("service", "") not in services or (case.get("service") and not case.get("household")):
            yield Fault("tests.toml", case["name"], "a service needs one of the pack and a household")


def _area_codes(pack: Pack, file: str, where: str, codes: Iterable[str]) -> Iterator[Fault]:
    known = {area.code for area in pack.areas}
    yield from (Fault(file, where, f"area {code} is not in areas.csv") for code in codes if code not in known)


def _twice(file: str, codes: Iterable[str]) -> Iterator[Fault]:
    yield from (
        Fault(file, code, "stands there twice") for code, times in Counter(codes).items() if times > 1
    )
