"""When what is known of each household is to be asked again: derived, written again when the household changes."""

from __future__ import annotations

from django.db import models

from mulian.modules.households.models.households import Household


class Due(models.Model):
    """`days`: of every item that holds today the day it is to be asked again (domain/dues.py); which item is not said.

    `rule`: how long each item stayed fresh when this was written; by another rule the items themselves are asked.
    """

    household = models.OneToOneField(
        Household, on_delete=models.CASCADE, primary_key=True, related_name="due"
    )
    rule = models.CharField(max_length=16)
    days = models.BinaryField()
