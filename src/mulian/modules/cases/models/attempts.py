"""Calls, visits and tries: what was done to reach the family or to solve it, and whether it helped."""

from __future__ import annotations

from django.db import models

from mulian.core.access.models import Person
from mulian.modules.cases.domain.attempts import How
from mulian.modules.cases.models.case import Case


class Attempt(models.Model):
    """One call, visit or try. `reached`: the family was spoken to (of work: it helped). `level`: whose try it was."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="attempts")
    how = models.CharField(max_length=5, choices=[(h.value, h.value) for h in How])
    reached = models.BooleanField()
    level = models.CharField(max_length=10, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
