"""Reads the case part of a pack into rules. All errors are collected and name file, table and code."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from mulian.core.packs.calendars import calendar_of
from mulian.core.packs.pack import Pack, Table, UnitRow
from mulian.kernel.geo import Point
from mulian.kernel.problems import Problem, register
from mulian.kernel.worktime import ROUND, Calendar
from mulian.modules.cases.domain.desk import Desk
from mulian.modules.cases.domain.gazetteer import Gazetteer
from mulian.modules.cases.domain.hazards import Hazard, Hazards, When
from mulian.modules.cases.domain.joint import Joint
from mulian.modules.cases.domain.ladder import Ladders
from mulian.modules.cases.domain.lexicon import Lexicon
from mulian.modules.cases.domain.limits import Limits
from mulian.modules.cases.domain.place import KnownPlace
from mulian.modules.cases.domain.promises import Amount, Moment, Policy, PromiseKind, Rule
from mulian.modules.cases.domain.purposes import Purpose
from mulian.modules.cases.domain.services import Service
from mulian.modules.cases.domain.staffing import Unit
from mulian.modules.cases.domain.terms import Term
from mulian.modules.cases.domain.topics import Follows, Here, Kind, Topic, Topics
from mulian.modules.cases.pack.desk import desk_of, term_of
from mulian.modules.cases.pack.joint import joint_of
from mulian.modules.cases.pack.ladders import ladders_of, remind_here
from mulian.modules.cases.pack.limits import limits_of
from mulian.modules.cases.pack.services import services_of

INVALID = register(
    "packs.invalid",
    422,
    "The county pack has errors.",
    "Run `mulian pack check` and mend what it lists.",
)
_T = TypeVar("_T")
_MOMENTS = {
    "reported": Moment.RECEIVED,
    "delayed": Moment.DELAYED,
    "solved": Moment.SOLVED,
    "answered": Moment.ANSWERED,
}


@dataclass(frozen=True)
class CaseRules:
    """Everything a county says about its cases, ready for the rules of `domain`."""

    county: str
    number_prefix: str
    topics: Topics
    lexicon: Lexicon
    hazards: Hazards
    policy: Policy
    ladders: Ladders
    gazetteer: Gazetteer
    known: tuple[KnownPlace, ...]
    units: tuple[Unit, ...]
    joint: Joint = field(default_factory=Joint)
    limits: Limits = field(default_factory=Limits)
    desk: Desk = field(default_factory=Desk)
    terms: tuple[Term, ...] = ()
    services: Mapping[str, Service] = field(default_factory=dict)
    purposes: Mapping[str, Purpose] = field(default_factory=dict)


class _Reader:
    """Reads rows one by one and keeps what goes wrong, so that one run shows every error."""

    def __init__(self) -> None:
        self.errors: list[str] = []

    def each(self, pack: Pack, file: str, table: str, read: Callable[[Table], _T]) -> list[_T]:
        return [
            made
            for row in pack.part(file).get(table, ())
            if (made := self.one(f"{file}.toml [[{table}]] {row.get('code', '?')}", read, row))
        ]

    def one(self, where: str, read: Callable[[Table], _T], row: Table) -> _T | None:
        try:
            return read(row)
        except KeyError as missing:
            self.errors.append(f"{where}: {missing.args[0]} is missing")
        except (ValueError, TypeError) as wrong:
            self.errors.append(f"{where}: {wrong}")
        return None


def rules_of(pack: Pack) -> CaseRules:
    """The case rules of a pack. Raises `packs.invalid` with all `errors` when the pack cannot be used."""
    reader = _Reader()
    topics = Topics({topic.code: topic for topic in reader.each(pack, "topics", "topic", _topic)})
    calendars = {each.code: each for each in reader.each(pack, "calendars", "calendar", calendar_of)}
    rules = reader.each(pack, "promises", "promise", _rule)
    hazards = reader.each(pack, "hazards", "hazard", lambda row: _hazard(row, pack, topics))
    units = reader.one("units.toml", lambda _: tuple(_unit(each) for each in pack.units), {})
    ladders = reader.one("ladder.toml", ladders_of, pack.part("ladder"))
    served = services_of(reader.each, pack)
    joint = reader.one("joint.toml", joint_of, pack.part("joint"))
    limits = reader.one("clocks.toml", limits_of, pack.part("clocks"))
    desk = reader.one("desk.toml", desk_of, pack.part("desk")) or Desk()
    terms = reader.each(pack, "glossary", "term", term_of)
    calendars[ROUND.code] = ROUND
    reader.errors += _dangling(topics, rules, hazards, calendars)
    for where, clock in _clocks(joint, limits):
        if clock not in calendars:
            reader.errors.append(f"{where}: clock {clock} is neither round nor a calendar")
    if reader.errors or ladders is None or units is None or joint is None or limits is None:
        raise Problem(INVALID, errors=tuple(reader.errors))
    return CaseRules(
        county=pack.code,
        number_prefix=str(pack.part("pack").get("number_prefix", "")),
        topics=topics,
        lexicon=Lexicon(topics),
        hazards=Hazards({each.code: each for each in hazards}, _danger(hazards)),
        policy=_policy(rules, calendars, pack.part("ladder")),
        ladders=ladders,
        gazetteer=Gazetteer.of((each.code, each.name_zh, each.name_bo) for each in pack.areas),
        known=tuple(KnownPlace(each.code, Point(each.lat, each.lon)) for each in pack.points),
        units=units,
        joint=joint,
        limits=limits,
        desk=desk,
        terms=tuple(terms),
        **served,
    )


def _policy(rules: Iterable[Rule], calendars: Mapping[str, Calendar], ladder: Table) -> Policy:
    return Policy(
        rules=tuple(rules),
        calendars=calendars,
        remind_share=float(ladder.get("remind_at", 0.8)),
        remind_here=remind_here(ladder),
    )


def _clocks(joint: Joint | None, limits: Limits | None) -> Iterable[tuple[str, str]]:
    """Where further files of the pack name a calendar."""
    if joint:
        yield "joint.toml [whistle]", joint.whistle.clock
    if limits:
        yield "clocks.toml [supervision]", limits.supervision.clock


def _topic(row: Table) -> Topic:
    return Topic(
        code=row["code"],
        parent=row.get("parent") or None,
        name=row["name"],
        follows=Follows(row["follows"]) if row.get("follows") else None,
        kind=Kind(row["kind"]) if row.get("kind") else None,
        departments=tuple(row.get("departments", ())),
        at_once=tuple(row.get("at_once", ())),
        words={language: tuple(words) for language, words in row.get("words", {}).items()},
        overrides=tuple(_here(each) for each in row.get("overrides", ())),
    )


def _here(row: Table) -> Here:
    departments, at_once = row.get("departments"), row.get("at_once")
    return Here(
        areas=tuple(row["areas"]),
        departments=None if departments is None else tuple(departments),
        at_once=None if at_once is None else tuple(at_once),
    )


def _rule(row: Table) -> Rule:
    minutes = int(row.get("minutes") or 0) + 60 * int(row.get("hours") or 0)
    amount = Amount(minutes=minutes, days=int(row.get("days") or 0))
    if amount == Amount():
        raise ValueError("one of minutes, hours, days must say how long")
    return Rule(
        code=row["code"],
        kind=PromiseKind(row["kind"]),
        amount=amount,
        clock=row.get("clock", ROUND.code),
        urgent=row.get("urgent"),
        areas=tuple(row.get("areas", ())),
        topics=tuple(row.get("topics", ())),
        valid_from=_day(row["from"]),
        valid_to=_day(row["until"]) if row.get("until") else None,
        starts=_MOMENTS[row["after"]] if row.get("after") else None,
    )


def _day(value: object) -> date:
    if not isinstance(value, date):
        raise TypeError(f"{value!r} is no date")
    return value


def _hazard(row: Table, pack: Pack, topics: Topics) -> Hazard:
    """A hazard is named in a text by its name, and by its topic's words where no other hazard shares them."""
    topic: str | None = row.get("topic")
    shared = sum(1 for other in pack.part("hazards").get("hazard", ()) if other.get("topic") == topic) > 1
    listed = topics.by_code[topic].words if topic and topic in topics.by_code and not shared else {}
    words = {
        language: _telling((row["name"].get(language, ""), *listed.get(language, ())))
        for language in ("zh", "bo")
    }
    return Hazard(code=row["code"], urgent=When(row["urgent"]), topic=topic, words=words)


def _telling(words: Iterable[str]) -> tuple[str, ...]:
    """Once each; one character alone (撞, 震) means too many things to raise an alarm."""
    return tuple(dict.fromkeys(word for word in words if len(word) > 1))


def _danger(hazards: Iterable[Hazard]) -> tuple[str, ...]:
    """Somebody is in danger when the text names what is always urgent: trapped, hurt, missing."""
    urgent = (each for each in hazards if each.urgent is When.ALWAYS)
    return tuple(dict.fromkeys(word for each in urgent for words in each.words.values() for word in words))


def _unit(row: UnitRow) -> Unit:
    unit = Unit(row.code, row.kind, row.area)
    try:
        _ = unit.level
    except KeyError:
        raise ValueError(f"{row.code}: {row.kind!r} is no kind of unit") from None
    return unit


def _dangling(
    topics: Topics, rules: Iterable[Rule], hazards: Iterable[Hazard], calendars: Mapping[str, Calendar]
) -> list[str]:
    """Codes that name nothing: a parent, a calendar, a topic."""
    known = topics.by_code
    found = [
        f"topics.toml [[topic]] {topic.code}: parent {topic.parent} is not a topic"
        for topic in known.values()
        if topic.parent and topic.parent not in known
    ]
    for rule in rules:
        where = f"promises.toml [[promise]] {rule.code}"
        if rule.clock not in calendars:
            found.append(f"{where}: clock {rule.clock} is neither round nor a calendar")
        elif not calendars[rule.clock].day:
            found.append(f"{where}: calendar {rule.clock} never opens")
        found += [f"{where}: topic {code} is not a topic" for code in rule.topics if code not in known]
    for hazard in hazards:
        if hazard.topic and hazard.topic not in known:
            found.append(f"hazards.toml [[hazard]] {hazard.code}: topic {hazard.topic} is not a topic")
    return found
