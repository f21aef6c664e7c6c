"""Django app of the notices."""

from django.apps import AppConfig


class NotifyConfig(AppConfig):
    """Notices and their way to the person."""

    name = "mulian.core.notify"
    label = "notify"
    default_auto_field = "django.db.models.BigAutoField"
