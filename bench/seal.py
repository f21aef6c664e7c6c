"""Sealing as a phone does it, written apart from the server's (ADR 0014): P-256, HKDF-SHA256, AES-256-GCM."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


@dataclass(frozen=True)
class Key:
    """The county's public key, and who seals to it."""

    kid: str
    public: Mapping[str, str]
    device: str
    token: str

    def seal(self, message: bytes) -> bytes:
        """The box: 65 bytes of a fresh public point, 12 of nonce, then the ciphertext with its tag."""
        numbers = ec.EllipticCurvePublicNumbers(
            _number(self.public["x"]), _number(self.public["y"]), ec.SECP256R1()
        )
        fresh = ec.generate_private_key(ec.SECP256R1())
        point = fresh.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        shared = fresh.exchange(ec.ECDH(), numbers.public_key())
        key = HKDF(algorithm=hashes.SHA256(), length=32, salt=point, info=b"mulian-seal-1").derive(shared)
        nonce = secrets.token_bytes(12)
        return point + nonce + AESGCM(key).encrypt(nonce, message, None)


def _number(text: str) -> int:
    return int.from_bytes(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)), "big")
