"""The tree of topics of a pack: what a report can be about, and who is competent for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum


class Follows(StrEnum):
    """Whether a topic is settled where it happened or where the person is registered."""

    PLACE = "place"
    PERSON = "person"


class Kind(StrEnum):
    """What sort of report it is; thanks, tests and cancelled reports make no promise."""

    PROBLEM = "problem"
    QUESTION = "question"
    SUGGESTION = "suggestion"
    WISH = "wish"
    SERVICE = "service"
    COMPLAINT = "complaint"
    THANKS = "thanks"
    TEST = "test"
    CANCELLED = "cancelled"


@dataclass(frozen=True, kw_only=True)
class Here:
    """How a topic differs in some areas (prefixes of area codes); None means as everywhere."""

    areas: tuple[str, ...]
    departments: tuple[str, ...] | None = None
    at_once: tuple[str, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class Topic:
    """One topic as the pack states it; what is None or empty is inherited from the parent."""

    code: str
    parent: str | None = None
    name: Mapping[str, str] = field(default_factory=dict)
    follows: Follows | None = None
    kind: Kind | None = None
    departments: tuple[str, ...] = ()
    at_once: tuple[str, ...] = ()
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    overrides: tuple[Here, ...] = ()

    def in_area(self, area: str) -> Topic:
        """The topic as it holds in an area: the nearest enclosing override wins."""
        fitting = [(_reach(each, area), each) for each in self.overrides if _reach(each, area)]
        if not fitting:
            return self
        here = max(fitting, key=lambda pair: pair[0])[1]
        departments = self.departments if here.departments is None else here.departments
        at_once = self.at_once if here.at_once is None else here.at_once
        return replace(self, departments=departments, at_once=at_once, overrides=())


def _reach(here: Here, area: str) -> int:
    return max((len(each) for each in here.areas if area.startswith(each)), default=0)


@dataclass(frozen=True)
class Topics:
    """All topics by code. Unknown codes behave as no topic at all, so an old case survives a changed pack."""

    by_code: Mapping[str, Topic] = field(default_factory=dict)
    _ancestors: dict[str, tuple[str, ...]] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        for code in self.by_code:
            self._ancestors[code] = tuple(self._upwards(code))

    def _upwards(self, code: str | None) -> Iterator[str]:
        """A loop in the data ends the walk."""
        seen: set[str] = set()
        while code and code in self.by_code and code not in seen:
            seen.add(code)
            yield code
            code = self.by_code[code].parent

    def line(self, code: str | None) -> Iterator[Topic]:
        """The topic and its ancestors, nearest first."""
        return (self.by_code[each] for each in self.ancestors(code))

    def ancestors(self, code: str | None) -> tuple[str, ...]:
        """The codes of the topic and of everything above it, nearest first."""
        return self._ancestors.get(code or "", ())

    def depth(self, code: str | None) -> int:
        """How specific it is: 0 for none, 1 for a topmost topic."""
        return len(self.ancestors(code))

    def follows(self, code: str | None) -> Follows:
        """Place unless the topic, or the nearest ancestor that says so, follows the person."""
        return next((topic.follows for topic in self.line(code) if topic.follows), Follows.PLACE)

    def kind(self, code: str | None) -> Kind:
        """A problem unless stated otherwise."""
        return next((topic.kind for topic in self.line(code) if topic.kind), Kind.PROBLEM)

    def departments(self, code: str | None, area: str = "") -> tuple[str, ...]:
        """The competent departments in order: the first leads, the others are whistled in."""
        line = (topic.in_area(area) for topic in self.line(code))
        return next((topic.departments for topic in line if topic.departments), ())

    def at_once(self, code: str | None, area: str = "") -> tuple[str, ...]:
        """The departments told with the first report (notifiable animal disease, outbreak, fire)."""
        line = (topic.in_area(area) for topic in self.line(code))
        return next((topic.at_once for topic in line if topic.at_once), ())
