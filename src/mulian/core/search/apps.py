"""Django app of the search."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """One table of tokens for every kind of subject."""

    name = "mulian.core.search"
    label = "search"
    default_auto_field = "django.db.models.BigAutoField"
