"""Pictures of papers lie in the database sealed; the key is made from the secret that lies beside it, never in it."""

from __future__ import annotations

import os
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from mulian.kernel.problems import Problem, register

NONCE = 12
register("households.picture_locked", 410, "This picture can no longer be opened.", "Take another one.")


def sealed(id: UUID, content: bytes) -> bytes:
    """The picture of the paper with this id, as it may lie in a table."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(_key(id)).encrypt(nonce, content, id.bytes)


def opened(id: UUID, box: bytes) -> bytes:
    """Raises `households.picture_locked`: the installation's secret is another one."""
    try:
        return AESGCM(_key(id)).decrypt(box[:NONCE], box[NONCE:], id.bytes)
    except InvalidTag:
        raise Problem("households.picture_locked") from None


def _key(id: UUID) -> bytes:
    derived = HKDF(algorithm=hashes.SHA256(), length=32, salt=id.bytes, info=b"mulian-certificate-1")
    return derived.derive(settings.SECRET_KEY.encode())
