"""Django app of forms."""

from django.apps import AppConfig


class FormsConfig(AppConfig):
    """Forms that are filled in, and what was answered."""

    name = "mulian.modules.forms"
    label = "forms"
    default_auto_field = "django.db.models.BigAutoField"
