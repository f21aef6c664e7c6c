"""Django app of cases."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Reports, who answers for them, and their clocks."""

    name = "mulian.modules.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"
