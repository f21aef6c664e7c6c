"""The set-up of ODK Collect as the picture it scans: base64 of zlib of JSON."""

from __future__ import annotations

import base64
import json
import zlib


def setup_code(*, server_url: str, project: str) -> str:
    """Everything Collect needs; it downloads all forms, keeps them up to date and sends what is finished by itself.

    The key is in the address, so user name and password stay empty and a plain http test needs no Digest.
    """
    settings = {
        "general": {
            "protocol": "odk_default",
            "server_url": server_url,
            "form_update_mode": "match_exactly",
            "periodic_form_updates_check": "every_one_hour",
            "autosend": "wifi_and_cellular",
        },
        "admin": {},
        "project": {"name": project, "icon": "牧", "color": "#1f6f8b"},
    }
    packed = zlib.compress(json.dumps(settings, ensure_ascii=False, separators=(",", ":")).encode(), 9)
    return base64.b64encode(packed).decode()
