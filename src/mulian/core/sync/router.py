"""On SQLite the commands live in their own file; on PostgreSQL everything is one database."""

from __future__ import annotations

from typing import Any

from django.conf import settings


class IntakeRouter:
    """Sends the `Command` table to the intake database and everything else to the main one."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        return settings.INTAKE if _is_command(model._meta.app_label, model._meta.model_name) else "default"

    db_for_write = db_for_read

    def allow_migrate(
        self, db: str, app_label: str, model_name: str | None = None, **hints: Any
    ) -> bool | None:
        if settings.INTAKE == "default":
            return None
        return _is_command(app_label, model_name) == (db == settings.INTAKE)


def _is_command(app_label: str, model_name: str | None) -> bool:
    return app_label == "sync" and model_name == "command"
