"""The figures counted again the long way: straight from the event log, with none of the code they are made by."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from mulian.core.events.models import Event

DONE = ("solved", "answered", "closed")


@dataclass
class Life:
    """What one case went through up to a moment."""

    received: datetime
    spoken: datetime
    now: dict[str, Any]
    proof: str = ""
    done: bool = False
    first: dict[str, datetime] = field(default_factory=dict)
    marks: Counter[str] = field(default_factory=Counter)
    reached: bool = False
    back: Counter[str] = field(default_factory=Counter)
    on: Counter[str] = field(default_factory=Counter)

    @property
    def outcome(self) -> str:
        if self.now["state"] not in DONE:
            return "open"
        return "solved" if self.now["outcome"] == "solved" or self.done else self.now["outcome"] or "other"


def lives(at: datetime) -> dict[Any, Life]:
    """Every case, its events read one by one in the order of the log up to `at`."""
    found: dict[Any, Life] = {}
    for event in Event.objects.filter(subject_kind="case", recorded_at__lt=at).order_by("pos"):
        if event.name == "cases.reported":
            found[event.subject_id] = Life(event.recorded_at, event.occurred_at, event.data["stands"])
        if event.subject_id in found:
            live(found[event.subject_id], event)
    return found


def live(life: Life, event: Event) -> None:
    before, data = life.now, event.data
    life.now = data.get("stands") or before
    if event.name == "cases.returned":
        life.back[before["unit"]] += 1
    if event.name in ("cases.passed_up", "cases.transferred", "cases.disputed", "cases.assigned"):
        life.on[before["unit"]] += 1
    if event.name == "cases.solved":
        life.proof, life.done = ("seen" if data["photos"] or data["voices"] else "said"), False
    if event.name == "cases.outcome_reviewed" and data["done"]:
        life.done = True
    if event.name == "cases.reopened":
        life.proof, life.done = "", False
        life.marks["vetoes"] += data["because"] == "family"
    if event.name == "cases.promise_overdue" and data["promise"] not in ("supervise", "feedback"):
        life.marks["overdue"] += 1
    if event.name == "cases.contact_tried" and data["reached"] and data["how"] != "work":
        life.first.setdefault("contact", event.recorded_at)
    state = life.now["state"]
    if state in DONE and life.outcome == "solved":
        life.marks["solved_once"] += 1
    if state not in ("reported", "returned"):
        life.first.setdefault("take", event.recorded_at)
    if state in DONE and life.outcome == "solved" and life.proof:
        life.first.setdefault("solve", event.recorded_at)
    if state in ("answered", "closed") and life.proof:
        life.first.setdefault("answer", event.recorded_at)


def recount(area: str, since: datetime, until: datetime, at: datetime) -> dict[str, Any]:
    """The same figures as a tally's, for reports received in [since, until) as known at `at`."""
    kept = [
        life
        for life in lives(at).values()
        if since <= life.received < until
        and life.now["area"].startswith(area)
        and life.now["kind"] not in ("test", "cancelled", "thanks")
        and not life.now["joined"]
        and not life.now["complaint"]
    ]
    solved = [life for life in kept if life.outcome == "solved"]
    return {
        "cases": len(kept),
        "solved_once": sum(bool(life.marks["solved_once"]) for life in kept),
        "solved": len(solved),
        "lowest": sum(life.now["level"] == "village" for life in solved),
        "taken_back": sum(bool(life.marks["vetoes"]) for life in kept),
        "unproven": sum(life.proof == "said" for life in solved),
        "false": sum(bool(life.marks["vetoes"]) or (life in solved and life.proof == "said") for life in kept),
        "overdue": sum(bool(life.marks["overdue"]) for life in kept),
        "returns": sum(sum(life.back.values()) for life in kept),
        "handed_on": sum(sum(life.on.values()) for life in kept),
        "outcomes": dict(Counter(life.outcome for life in kept)),
        "times": {name: middle([life.first[name] - life.received for life in kept if name in life.first])
                  for name in ("take", "contact", "solve", "answer")},
        "units": dict(Counter(life.now["unit"] for life in kept)),
        "topics": dict(Counter(life.now["topic"].split(".")[0] for life in kept)),
    }  # fmt: skip


def middle(spans: list[timedelta]) -> tuple[int, timedelta, timedelta] | None:
    """How many, the smallest that at least half do not exceed, the smallest that at least nine of ten do not."""
    if not spans:
        return None

    def least(part: float) -> timedelta:
        return min(s for s in spans if sum(other <= s for other in spans) >= part * len(spans) - 1e-9)

    return len(spans), least(0.5), least(0.9)
