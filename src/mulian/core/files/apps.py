"""Django app of the files."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Blobs, uploads in progress and what they are attached to."""

    name = "mulian.core.files"
    label = "files"
    default_auto_field = "django.db.models.BigAutoField"
