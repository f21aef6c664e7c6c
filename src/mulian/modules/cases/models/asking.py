"""What is asked of people above, and what they ask: more time, urging, supervision."""

from __future__ import annotations

from django.db import models

from mulian.core.access.models import Person
from mulian.modules.cases.domain.extending import Asked
from mulian.modules.cases.domain.supervising import OPEN, Stage
from mulian.modules.cases.models.case import Case
from mulian.modules.cases.models.clocks import Promise


class Extension(models.Model):
    """A request for more time on one promise, and who decided it. `days` are days of the promise's calendar."""

    promise = models.ForeignKey(Promise, on_delete=models.PROTECT, related_name="extensions")
    days = models.SmallIntegerField()
    reason = models.CharField(max_length=300)
    state = models.CharField(max_length=8, choices=[(a.value, a.value) for a in Asked], default=Asked.ASKED)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["promise"], condition=models.Q(state="asked"), name="extension_asked_once"
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("asked_by")),
                name="extension_by_somebody_else",
            ),
        ]


class Urging(models.Model):
    """Somebody above urged (催办)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="urgings", db_index=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["case", "-at"], name="urging_last")]


class Supervision(models.Model):
    """One supervision (督办) of a case: the leader who owns it, where it stands, the demand of now.

    The words of every round stand in the events; its clocks are promises of the kind `supervise`, one a round.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="supervisions")
    leader = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    stage = models.CharField(max_length=8, choices=[(s.value, s.value) for s in Stage])
    round = models.SmallIntegerField()
    demand = models.TextField(blank=True)
    reply = models.TextField(blank=True)
    started_at = models.DateTimeField()
    due = models.DateTimeField()
    replied_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(stage__in=sorted(OPEN)), name="supervision_one_open"
            ),
        ]
        indexes = [
            models.Index(fields=["due"], name="supervision_due", condition=models.Q(stage__in=sorted(OPEN)))
        ]
