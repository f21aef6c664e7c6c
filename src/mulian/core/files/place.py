"""This installation's storage."""

from django.conf import settings

from mulian.core.files.storage import RESERVE, Storage


def storage() -> Storage:
    """Under the data folder; read at each use, so that tests may move it."""
    return Storage(settings.MULIAN_DATA / "blobs", getattr(settings, "MULIAN_FILES_RESERVE", RESERVE))
