"""The one tree of places, and the offices that serve them."""

from __future__ import annotations

from django.db import models

from mulian.core.areas.codes import Level
from mulian.core.database.vendor import CodeField


class Names(models.Model):
    """A name in three languages. Tibetan names start empty and are filled by people who know them."""

    name_zh = models.CharField(max_length=80)
    name_bo = models.CharField(max_length=160, blank=True)
    name_en = models.CharField(max_length=120, blank=True)

    class Meta:
        abstract = True

    def name(self, language: str) -> str:
        """The name in a language, else the Chinese one (never an empty label)."""
        return {"bo": self.name_bo, "en": self.name_en}.get(language) or self.name_zh


class Area(Names):
    """A place with a code that never changes; a renamed or split place gets a successor."""

    code = CodeField(primary_key=True, max_length=30)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    level = models.CharField(max_length=12, choices=[(v.value, v.value) for v in Level])
    kind = models.CharField(max_length=20, blank=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    point_status = models.CharField(max_length=12, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    successor = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="predecessors")

    class Meta:
        indexes = [models.Index(fields=["level", "code"], name="area_level")]

    def __str__(self) -> str:
        return f"{self.code} {self.name_zh}"


class Unit(Names):
    """An office: village committee, township, county centre or department."""

    class Kind(models.TextChoices):
        VILLAGE = "village"
        TOWNSHIP = "township"
        COUNTY_CENTRE = "county_centre"
        DEPARTMENT = "department"

    id = models.UUIDField(primary_key=True)
    code = CodeField(max_length=60, unique=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="units")
    kind = models.CharField(max_length=14, choices=Kind.choices)
    valid_to = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.code} {self.name_zh}"
