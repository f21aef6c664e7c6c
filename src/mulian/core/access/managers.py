"""Managers that fail closed: rows in scope are read through `visible_to`, anything else needs a reason."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NoReturn, TypeVar
from uuid import UUID

from django.db import models

from mulian.core.access import scope
from mulian.kernel.actor import Actor

M = TypeVar("M", bound=models.Model)


class Unscoped(Exception):
    """A read outside any scope: a programming error, never shown to a person."""


class ScopedManager(models.Manager[M]):
    """The default manager of everything that has a place. Only `visible_to` reads."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind

    def visible_to(
        self,
        actor: Actor,
        permission: str,
        *,
        at: datetime,
        areas_only: Iterable[str] = (),
        among: Iterable[UUID] | None = None,
    ) -> models.QuerySet[M]:
        """The rows the actor's duties reach at `at` with this permission; of `among` only, where ids are known."""
        return scope.visible(
            super().get_queryset(),
            kind=self.kind,
            actor=actor,
            permission=permission,
            at=at,
            areas_only=areas_only,
            among=among,
        )

    def get_queryset(self) -> NoReturn:
        raise Unscoped(
            f"{self.model.__name__}: use visible_to(actor, permission, at=…) or unscoped.because(…)"
        )

    use_in_migrations = False


class UnscopedManager(models.Manager[M]):
    """For jobs, writes that already checked, and Django's own bookkeeping (`base_manager_name`)."""

    def because(self, reason: str) -> models.QuerySet[M]:
        """All rows; the reason is for the reader of the code and must not be empty."""
        if not reason:
            raise Unscoped("an unscoped read needs a reason")
        return super().get_queryset()
