"""Needs a family agreed to, and who helps with what until when."""

from __future__ import annotations

from django.db import models

from mulian.core.access.managers import UnscopedManager
from mulian.modules.households.domain.care import Consent
from mulian.modules.households.models.households import Household


class Need(models.Model):
    """A need for help, kept with consent: given how, in which language, on which day, by
    which member, before which witness.

    When consent is withdrawn the row is deleted with its plans; nothing is left that says of what kind it was.
    """

    id = models.UUIDField(primary_key=True)
    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="needs")
    member = models.UUIDField(null=True)
    code = models.CharField(max_length=24)
    since = models.DateField()
    until = models.DateField(null=True)
    consent_on = models.DateField()
    consent_how = models.CharField(max_length=8, choices=[(c.value, c.value) for c in Consent])
    consent_by = models.UUIDField()
    consent_language = models.CharField(max_length=8, blank=True)
    consent_witness = models.CharField(max_length=60, blank=True)
    recorded_at = models.DateTimeField()
    by = models.UUIDField()

    unscoped = UnscopedManager["Need"]()

    class Meta:
        base_manager_name = "unscoped"


class HelpPlan(models.Model):
    """What is done about a need, by whom, by when, and when it is looked at again. The last one told holds."""

    id = models.BigAutoField(primary_key=True)
    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="plans")
    what = models.CharField(max_length=200)
    who = models.CharField(max_length=60)
    due = models.DateField(null=True)
    review_on = models.DateField()
    done_on = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    by = models.UUIDField()

    unscoped = UnscopedManager["HelpPlan"]()

    class Meta:
        base_manager_name = "unscoped"
        ordering = ["id"]
