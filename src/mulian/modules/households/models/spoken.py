"""In which language a family wanted to be spoken to, and who spoke for it, until somebody said otherwise."""

from __future__ import annotations

from django.db import models

from mulian.core.access.managers import UnscopedManager
from mulian.modules.households.models.households import Household, Member


class Formerly(models.Model):
    """Until `until` it was so: of a household its language, of a member whether they spoke for it ("yes", "no").

    What is so now stands in the household and its members; what was so before them is worked out from these rows.
    """

    id = models.BigAutoField(primary_key=True)
    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="formerly")
    member = models.ForeignKey(Member, null=True, on_delete=models.CASCADE, related_name="formerly")
    value = models.CharField(max_length=8)
    until = models.DateTimeField()
    by = models.UUIDField()

    unscoped = UnscopedManager["Formerly"]()

    class Meta:
        base_manager_name = "unscoped"
        ordering = ["until", "id"]
