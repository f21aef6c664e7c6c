"""Households, their members, camps and moves. Where a household counts today is derived into placements."""

from __future__ import annotations

from django.db import models

from mulian.core.access.managers import ScopedManager, UnscopedManager
from mulian.core.access.models import Person
from mulian.core.areas.models import Area
from mulian.modules.households.domain.camps import MoveKind, Season
from mulian.modules.households.domain.members import Relation


class Household(models.Model):
    """A family that is served. `language`: how it wants to be spoken to (for delivery only, never counted)."""

    id = models.UUIDField(primary_key=True)
    number = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=60)
    name_bo = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=8, default="bo")
    picture = models.CharField(max_length=64, blank=True)
    rev = models.IntegerField(default=1)
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    objects = ScopedManager["Household"](kind="household")
    unscoped = UnscopedManager["Household"]()

    class Meta:
        base_manager_name = "unscoped"

    def __str__(self) -> str:
        return self.number

    def called(self, language: str) -> str:
        """The head's name as this reader writes it, else as it is written."""
        return (self.name_bo if language == "bo" else "") or self.name


class Member(models.Model):
    """A person of a household. `speaks_for`: the one to call. What BOUNDARIES refuses has no field.

    One who left (`gone_at`) is on no list any more; what was true of them on earlier days still is.
    """

    id = models.UUIDField(primary_key=True)
    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="members")
    position = models.SmallIntegerField(default=0)
    name = models.CharField(max_length=60)
    name_bo = models.CharField(max_length=120, blank=True)
    birth_year = models.SmallIntegerField(null=True)
    relation = models.CharField(max_length=12, choices=[(r.value, r.value) for r in Relation])
    phone = models.CharField(max_length=20, blank=True)
    speaks_for = models.BooleanField(default=False)
    gone_at = models.DateTimeField(null=True)

    unscoped = UnscopedManager["Member"]()

    class Meta:
        base_manager_name = "unscoped"
        ordering = ["position", "id"]

    def called(self, language: str) -> str:
        return (self.name_bo if language == "bo" else "") or self.name


class Camp(models.Model):
    """A seasonal place a household declared; without household a named place of an area.

    WGS84 degrees, `accuracy` in metres. An empty season or name: not said.
    """

    id = models.UUIDField(primary_key=True)
    household = models.ForeignKey(Household, null=True, on_delete=models.CASCADE, related_name="camps")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="camps")
    season = models.CharField(max_length=6, blank=True, choices=[(s.value, s.value) for s in Season])
    name_zh = models.CharField(max_length=60, blank=True)
    name_bo = models.CharField(max_length=120, blank=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    accuracy = models.FloatField(null=True)
    closed_at = models.DateTimeField(null=True)

    unscoped = UnscopedManager["Camp"]()

    class Meta:
        base_manager_name = "unscoped"

    def name(self, language: str) -> str:
        return (self.name_bo if language == "bo" else "") or self.name_zh


class Move(models.Model):
    """From `at` on the household's place of this kind is `area` (nowhere when null); told at `recorded_at`.

    Placements are replayed from these rows, so a move told late lands where it belongs in history.
    """

    id = models.UUIDField(primary_key=True)
    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="moves")
    turn = models.IntegerField()
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in MoveKind])
    area = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="+")
    camp = models.ForeignKey(Camp, null=True, on_delete=models.PROTECT, related_name="moves")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by = models.UUIDField()

    unscoped = UnscopedManager["Move"]()

    class Meta:
        base_manager_name = "unscoped"
        constraints = [
            models.UniqueConstraint(fields=["household", "kind", "turn"], name="move_turn_once"),
        ]
        indexes = [models.Index(fields=["household", "kind", "at"], name="move_household")]


class Qualification(models.Model):
    """A person who may serve as liaison in a village: near neighbours and ecological wardens first."""

    class Basis(models.TextChoices):
        NEIGHBOUR = "neighbour"
        ECOLOGICAL_WARDEN = "ecological_warden"
        GRID_WORKER = "grid_worker"

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    basis = models.CharField(max_length=20, choices=Basis.choices)
    since = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "area"], name="qualified_once")]
