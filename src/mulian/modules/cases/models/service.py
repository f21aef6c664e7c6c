"""A service done for a family: a case with papers and steps. What a paper shows is never kept here."""

from __future__ import annotations

from django.db import models

from mulian.core.access.models import Person
from mulian.core.areas.models import Unit
from mulian.core.database.vendor import CodeField
from mulian.modules.cases.domain.services import Carrier, Owner, PaperState, Who
from mulian.modules.cases.models.case import Case


class Service(models.Model):
    """What a case of kind service is about. Words are kept as the pack had them on the day it was opened."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, primary_key=True, related_name="service")
    code = CodeField(max_length=60)
    name = models.JSONField()
    owner = models.CharField(max_length=10, choices=[(o.value, o.value) for o in Owner])
    carrier = models.CharField(max_length=10, choices=[(c.value, c.value) for c in Carrier])
    sent = models.BooleanField()


class ServicePaper(models.Model):
    """One paper: where it is, since when, with which person or office (neither: with the family)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="papers")
    place = models.SmallIntegerField()
    name = models.JSONField()
    state = models.CharField(
        max_length=12, choices=[(s.value, s.value) for s in PaperState], default=PaperState.NEEDED
    )
    since = models.DateTimeField(null=True)
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    holder = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "place"], name="paper_place")]


class ServiceStep(models.Model):
    """One step: who takes it, and when it was taken."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="service_steps")
    place = models.SmallIntegerField()
    name = models.JSONField()
    who = models.CharField(max_length=8, choices=[(w.value, w.value) for w in Who])
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "place"], name="service_step_place")]
