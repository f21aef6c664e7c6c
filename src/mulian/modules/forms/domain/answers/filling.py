"""A form with answers in it: what each question is worth where it stands, asked only when an expression needs it.

JavaRosa's meaning: a question that is not relevant has no value; a question in a repeat that is asked from within the
same instance is that one, from outside it is all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from mulian.modules.forms.domain.answers.fitting import read
from mulian.modules.forms.domain.definition import Choice, Definition, Kind, Node
from mulian.modules.forms.domain.expressions.evaluating import evaluate, holds
from mulian.modules.forms.domain.expressions.tree import Ast
from mulian.modules.forms.domain.expressions.values import Value, number, plain, text

MOST_INSTANCES = 200
"""Of one repeat."""
Place = tuple[int, ...]
"""The instance of each repeat around a node, outermost first, from 0."""


@dataclass(frozen=True)
class Filling:
    """`today` YYYY-MM-DD and `now` YYYY-MM-DDTHH:MM:SS are the caller's, in China's time."""

    form: Definition
    answers: Mapping[str, Any]
    today: str
    now: str = ""
    language: str = "zh"
    _known: dict[tuple[str, Place], Value] = field(default_factory=dict)
    _asked: dict[tuple[str, Place], bool] = field(default_factory=dict)

    def spots(self) -> Iterator[Spot]:
        """Every node at every place it has, in the order of the form; also those that are not relevant."""
        for item in self.form.items:
            yield from self.below(Spot(self, item, ()))

    def below(self, spot: Spot) -> Iterator[Spot]:
        """A spot and all under it."""
        yield spot
        for place in spot.places:
            for child in spot.node.children:
                yield from self.below(Spot(self, child, place))

    def raw(self, path: str, place: Place) -> Any:
        """What was answered there, as it was sent; None: nothing."""
        found: Any = self.answers
        names, above, indexes = path.split("/"), "", iter(place)
        for name in names:
            found = found.get(name) if isinstance(found, Mapping) else None
            above = f"{above}/{name}" if above else name
            if above != path and self.form.nodes[above].type == Kind.REPEAT:
                at = next(indexes, 0)
                found = found[at] if isinstance(found, list) and at < len(found) else None
        return found

    def relevant(self, path: str, place: Place) -> bool:
        """Whether it is asked: its own condition and those of all around it hold."""
        if (path, place) not in self._asked:
            self._asked[path, place] = True
            self._asked[path, place] = self._relevant(path, place)
        return self._asked[path, place]

    def _relevant(self, path: str, place: Place) -> bool:
        node, around = self.form.nodes[path], path.rpartition("/")[0]
        if around and not self.relevant(around, self._outside(around, place)):
            return False
        return node.relevant is None or holds(node.relevant, Spot(self, node, place))

    def _outside(self, path: str, place: Place) -> Place:
        return place[: len(self.form.repeats[path])]

    def value(self, path: str, place: Place) -> Value:
        """What one question is worth; an empty text where it is not relevant or not answered."""
        if (path, place) not in self._known:
            self._known[path, place] = ""
            self._known[path, place] = self._value(path, place)
        return self._known[path, place]

    def _value(self, path: str, place: Place) -> Value:
        node = self.form.nodes[path]
        if not self.relevant(path, place):
            return ""
        if node.calculation is not None:
            value = plain(evaluate(node.calculation, Spot(self, node, place)))
            return text(value) if isinstance(value, bool) else value
        return read(node.type, self.raw(path, place))

    def values(self, path: str, place: Place) -> Value:
        """What an expression at `place` means by a path: one value, or one for each relevant instance."""
        around = self.form.repeats[path]
        if len(around) <= len(place) and self.form.nodes[path].type != Kind.REPEAT:
            return self.value(path, place[: len(around)])
        found = [
            self.value(path, each)
            for each in self._all(path, place)
            if self.relevant(path, each[: len(around)])
        ]
        return [each if isinstance(each, str | float) else "" for each in found]

    def _all(self, path: str, place: Place) -> list[Place]:
        """Every place of a path that shares the repeats it can share with `place`."""
        around = self.form.repeats[path]
        repeats = (*around, path) if self.form.nodes[path].type == Kind.REPEAT else around
        found = [place[: len(around)]]
        for repeat in repeats[len(found[0]) :]:
            found = [(*each, at) for each in found for at in range(self.instances(repeat, each))]
        return found

    def instances(self, repeat: str, place: Place) -> int:
        """How many there are; what is sent beyond the count of the repeat is none."""
        rows, node = self.raw(repeat, place), self.form.nodes[repeat]
        most = MOST_INSTANCES if node.count is None else self._count(node.count, Spot(self, node, place))
        return min(len(rows), most) if isinstance(rows, list) else 0

    def _count(self, ast: Ast, spot: Spot) -> int:
        count = number(evaluate(ast, spot))
        return int(max(0, min(count, MOST_INSTANCES))) if count == count else 0


@dataclass(frozen=True)
class Spot:
    """A node at one place: what its expressions may ask for."""

    filling: Filling
    node: Node
    place: Place
    choice: Choice | None = None

    @property
    def today(self) -> str:
        return self.filling.today

    @property
    def now(self) -> str:
        return self.filling.now or f"{self.filling.today}T00:00:00"

    @cached_property
    def name(self) -> str:
        """The path with positions from 1: `members[2]/age`."""
        repeats, parts, above = iter(self.place), [], ""
        for part in self.node.path.split("/"):
            above = f"{above}/{part}" if above else part
            inside = above in self.filling.form.repeats[self.node.path]
            parts.append(f"{part}[{next(repeats) + 1}]" if inside else part)
        return "/".join(parts)

    @property
    def places(self) -> list[Place]:
        """Where its children stand: here, or one place for each instance."""
        if self.node.type != Kind.REPEAT:
            return [self.place]
        return [(*self.place, at) for at in range(self.filling.instances(self.node.path, self.place))]

    @property
    def relevant(self) -> bool:
        return self.filling.relevant(self.node.path, self.place)

    @property
    def raw(self) -> Any:
        return self.filling.raw(self.node.path, self.place)

    def holds(self, ast: Ast | None) -> bool:
        return ast is not None and holds(ast, self)

    def offered(self) -> list[Choice]:
        """The choices its filter leaves."""
        ast = self.node.choice_filter
        return [
            choice
            for choice in self.node.choices
            if ast is None or holds(ast, Spot(self.filling, self.node, self.place, choice))
        ]

    def of(self, path: str) -> Value:
        return self.filling.values(path, self.place)

    def own(self) -> Value:
        return self.filling.value(self.node.path, self.place)

    def position(self) -> int:
        return self.place[-1] + 1 if self.place else 1

    def column(self, name: str) -> str:
        if self.choice is None:
            return ""
        return self.choice.name if name == "name" else self.choice.when.get(name, "")

    def choice_label(self, path: str, name: str) -> str:
        choices = self.filling.form.nodes[path].choices
        label = next((choice.label for choice in choices if choice.name == name), {})
        return label.get(self.filling.language) or label.get("zh", "")
