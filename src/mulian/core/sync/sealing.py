"""Opens reports that a phone sealed to the server's public key, so that a carrier reads nothing.

Box: 65 bytes ephemeral P-256 public point, 12 bytes nonce, AES-256-GCM ciphertext; the key is
HKDF-SHA256(ECDH, salt = ephemeral point, info = "mulian-seal-1"). All of it is in every browser's WebCrypto.
"""

from __future__ import annotations

import base64
import secrets
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from mulian.core.sync.models import ServerKey
from mulian.kernel.problems import Problem

POINT, NONCE = 65, 12
INFO = b"mulian-seal-1"


def current_key(at: datetime) -> ServerKey:
    """The newest key; makes the first one."""
    found = ServerKey.objects.order_by("-created_at").first()
    return found or make_key(at)


def make_key(at: datetime) -> ServerKey:
    private = ec.generate_private_key(ec.SECP256R1())
    numbers = private.public_key().public_numbers()
    pem = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    jwk = {"kty": "EC", "crv": "P-256", "x": _b64u(numbers.x), "y": _b64u(numbers.y)}
    kid = secrets.token_hex(8)
    return ServerKey.objects.create(kid=kid, private_pem=pem.decode(), public_jwk=jwk, created_at=at)


def unseal(kid: str, box: str) -> bytes:
    """The sealed command's JSON bytes; raises `sync.sealed` for an unknown key or a broken box."""
    key = ServerKey.objects.filter(kid=kid).first()
    if key is None:
        raise Problem("sync.sealed")
    private: Any = serialization.load_pem_private_key(key.private_pem.encode(), password=None)
    try:
        data = base64.b64decode(box, validate=True)
        point, nonce, sealed = data[:POINT], data[POINT : POINT + NONCE], data[POINT + NONCE :]
        public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
        return AESGCM(_key(private.exchange(ec.ECDH(), public), point)).decrypt(nonce, sealed, None)
    except (ValueError, InvalidTag) as error:
        raise Problem("sync.sealed") from error


def seal(jwk: dict[str, str], message: bytes) -> str:
    """What a phone does; here for tests, imports and tools."""
    public = ec.EllipticCurvePublicNumbers(_int(jwk["x"]), _int(jwk["y"]), ec.SECP256R1()).public_key()
    ephemeral = ec.generate_private_key(ec.SECP256R1())
    point = ephemeral.public_key().public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    nonce = secrets.token_bytes(NONCE)
    sealed = AESGCM(_key(ephemeral.exchange(ec.ECDH(), public), point)).encrypt(nonce, message, None)
    return base64.b64encode(point + nonce + sealed).decode()


def _key(shared: bytes, salt: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=salt, info=INFO).derive(shared)


def _b64u(number: int) -> str:
    return base64.urlsafe_b64encode(number.to_bytes(32, "big")).rstrip(b"=").decode()


def _int(text: str) -> int:
    return int.from_bytes(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)), "big")
