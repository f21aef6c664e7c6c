"""What a module says of itself: the values its `module.py` is made of. Names of code are dotted paths."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from mulian.kernel.actor import Role


@dataclass(frozen=True)
class CommandKind:
    """A kind of command phones may send. `handler(body, *, envelope, now) -> refs`; `urgent(body) -> bool`.

    `versions` are all that were ever released, the present one last; `upcasts` names for each earlier one the
    function that turns a body of it into one of the next: `upcast(body: dict) -> dict`.
    """

    kind: str
    handler: str
    body: str
    versions: tuple[int, ...] = (1,)
    upcasts: Mapping[int, str] = field(default_factory=dict)
    urgent: str | None = None


@dataclass(frozen=True)
class Syncable:
    """A kind of row phones hold. `visible(actor, at) -> ids`; `render(ids, actor, at) -> {id: (rev, data)}`.

    `order` sorts kinds in a cold pull (small first); `subject` is the events' subject kind where it differs.
    `beside(subjects) -> ids`: rows that have no placement of their own but go with these placed ones (pairs of kind
    and id), when a duty changes and they enter or leave a phone's areas.
    """

    kind: str
    visible: str
    render: str
    order: int = 50
    subject: str = ""
    beside: str = ""


@dataclass(frozen=True)
class Timer:
    """A sweep over due rows: `sweep(now) -> int` (rows done), run every `every` by one worker at a time.

    `outside`: it waits for machines of others or works long, so it runs in its module's own thread and holds up
    nobody's deadlines.
    """

    name: str
    sweep: str
    every: timedelta
    outside: bool = False


@dataclass(frozen=True)
class Retention:
    """What is kept only so long (G20). `due(now) -> QuerySet`: the rows that would go; `sweep(now) -> int` takes them,
    in batches with an event each, and is one of the module's timers. `rule` as those events say it.

    `what`, `why`: source strings; `days`: how long after what `why` says, None: as the county's pack says.
    """

    rule: str
    what: str
    why: str
    due: str
    sweep: str
    days: int | None = None


@dataclass(frozen=True)
class Handler:
    """A reaction to an event, run once per event in the worker: `handle(event, *, now) -> None`.

    `together`: it takes many events at once, `handle(events, *, now)`, because they come in storms.
    """

    name: str
    events: tuple[str, ...]
    handle: str
    together: bool = False


@dataclass(frozen=True)
class NavItem:
    """An entry of the console's navigation: shown to whoever holds the permission."""

    title: str
    url: str
    permission: str
    order: int = 50
    icon: str = ""
    count: str | None = None


@dataclass(frozen=True)
class Offer:
    """A page of one module that another's page of a subject of this `kind` leads to; `url` has the place `{id}`.

    `when() -> bool`: whether there is anything behind it here.
    """

    kind: str
    title: str
    url: str
    permission: str
    when: str


@dataclass(frozen=True)
class Module:
    """Everything a module offers. Values that name code are dotted paths, resolved when used.

    `health(now, awake) -> [sentence]`: what of the module stands still (`awake`: since when the server runs, if known).

    `opener(kid, box) -> (person, bytes)` opens a file that a phone sealed (one module has it: whoever keeps the key).

    `hanging(kind, id, actor, at) -> [(words, how many)]`: what of the module is under way about a subject of another's.

    `about`: kind → `about(id, actor, at) -> (kind, id) or None`: what a subject is about; raises `not_found` where the
    actor may not see it.

    `quiet() -> QuietHours`: when nobody's phone rings for what can wait (one module has it).

    `again`: event name → `again(subject, data, at) -> bool`: does to a restored database what the event had done, for
    what may not come back from a backup (core/events/erasures.py).

    `seed(pack, scale, at)` invents the module's part of the demo, low `seed_order` first; `demo_facts()` gives its
    part of demo.json, the same at every start.
    """

    name: str
    title: str
    grants: Mapping[Role, frozenset[str]] = field(default_factory=dict)
    navigation: tuple[NavItem, ...] = ()
    offers: tuple[Offer, ...] = ()
    commands: tuple[CommandKind, ...] = ()
    syncables: tuple[Syncable, ...] = ()
    timers: tuple[Timer, ...] = ()
    retentions: tuple[Retention, ...] = ()
    handlers: tuple[Handler, ...] = ()
    kinds: Mapping[str, str] = field(default_factory=dict)
    events: str | None = None
    web: str | None = None
    api: str | None = None
    pack: str | None = None
    seed: str | None = None
    seed_order: int = 50
    demo_facts: str | None = None
    opener: str | None = None
    health: str | None = None
    quiet: str | None = None
    hanging: str | None = None
    about: Mapping[str, str] = field(default_factory=dict)
    again: Mapping[str, str] = field(default_factory=dict)
