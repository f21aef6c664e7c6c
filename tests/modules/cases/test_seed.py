"""The demo's cases are lived through the ordinary actions and leave nothing impossible behind."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Count, Q

from mulian.core.packs import load
from mulian.modules.cases.models import Case, Promise, Receiver
from mulian.modules.cases.seed import seed
from mulian.modules.cases.seed.stories import STORIES
from tests.world import AT, World


def test_a_few_dozen_cases_in_every_state(world: World) -> None:
    assert seed(pack=load("gande"), scale="township", at=AT) == len(STORIES)
    rows = Case.unscoped.because("test")
    assert rows.count() == len(STORIES)
    states = set(rows.values_list("state", flat=True))
    assert states >= {"reported", "taken", "in_work", "waiting", "solved", "answered", "closed"}
    assert not rows.filter(received_at__gt=AT).exists()
    assert not Promise.objects.filter(case__state="closed", state__in=["running", "paused"]).exists()
    one = Q(until__isnull=True, standing="responsible")
    owners = Receiver.objects.filter(one).values("case").annotate(n=Count("id")).values_list("n", flat=True)
    assert list(owners) == [1] * len(STORIES)


def test_the_same_world_gives_the_same_cases(world: World) -> None:
    def lived() -> set[tuple[object, ...]]:
        with transaction.atomic():
            seed(pack=load("gande"), scale="township", at=AT)
            found = Case.unscoped.because("test").values_list("id", "text", "reporter_id", "state")
            rows = set(found)
            transaction.set_rollback(True)
        return rows

    assert lived() == lived()
