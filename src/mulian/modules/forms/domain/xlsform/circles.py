"""Whether a form asks for itself: a value that needs itself has none, in no program."""

from __future__ import annotations

from collections.abc import Iterator

from mulian.modules.forms.domain.definition import Definition, Kind
from mulian.modules.forms.domain.expressions.tree import Ast, parts

Step = tuple[str, str]
"""("value", "asked" or "count", path)."""


def circle(form: Definition) -> str | None:
    """The path of a node that in the end needs itself; None: there is none."""
    done: set[Step] = set()
    for path in form.nodes:
        for kind in ("value", "asked", "count"):
            if _returns(form, (kind, path), (), done):
                return path
    return None


def _returns(form: Definition, step: Step, way: tuple[Step, ...], done: set[Step]) -> bool:
    if step in way:
        return True
    if step in done:
        return False
    found = any(_returns(form, following, (*way, step), done) for following in _needs(form, step))
    done.add(step)
    return found


def _needs(form: Definition, step: Step) -> Iterator[Step]:
    """What must be known first."""
    kind, path = step
    node = form.nodes[path]
    if kind == "value":
        yield "asked", path
        yield from _read(form, node.calculation, path)
    elif kind == "count":
        yield from _read(form, node.count, path)
    else:
        around = path.rpartition("/")[0]
        if around:
            yield "asked", around
        yield from _read(form, node.relevant, path)


def _read(form: Definition, ast: Ast | None, path: str) -> Iterator[Step]:
    for part in parts(ast) if ast else ():
        if part[0] == "self":
            yield "value", path
        elif part[0] == "ref":
            yield "value", part[1]
            yield from (("count", repeat) for repeat in form.repeats[part[1]])
            if form.nodes[part[1]].type == Kind.REPEAT:
                yield "count", part[1]
