"""Opens what phones sealed to the county's public key, so that neither a finder nor a carrier reads anything.

A command's box holds its JSON; a sound's or photo's box holds the 16 bytes of the maker's device id, then the file.
Box: 65 bytes ephemeral P-256 public point, 12 bytes nonce, AES-256-GCM ciphertext; the key is
HKDF-SHA256(ECDH, salt = ephemeral point, info = "mulian-seal-1"). All of it is in every browser's WebCrypto.
"""

from __future__ import annotations

import base64
import secrets
from datetime import datetime
from typing import cast
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from mulian.core.access.models import Device
from mulian.core.sync.models import ServerKey
from mulian.kernel.problems import Problem

POINT, NONCE, MAKER = 65, 12, 16
INFO = b"mulian-seal-1"
_read: dict[str, ec.EllipticCurvePrivateKey] = {}


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
    try:
        data = base64.b64decode(box, validate=True)
    except ValueError as error:
        raise Problem("sync.sealed") from error
    return open_box(kid, data)


def open_box(kid: str, data: bytes) -> bytes:
    """What lies in a box; raises `sync.sealed`."""
    private = _private(kid)
    try:
        point, nonce, sealed = data[:POINT], data[POINT : POINT + NONCE], data[POINT + NONCE :]
        public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
        return AESGCM(_key(private.exchange(ec.ECDH(), public), point)).decrypt(nonce, sealed, None)
    except (ValueError, InvalidTag) as error:
        raise Problem("sync.sealed") from error


def open_file(kid: str, data: bytes) -> tuple[UUID, bytes]:
    """The person whose phone sealed a sound or photo, and its bytes; raises `sync.sealed`.

    Only that person's own reports may name the file: a carrier that has the box cannot have it read to itself.
    """
    opened = open_box(kid, data)
    maker = Device.objects.filter(id=UUID(bytes=opened[:MAKER])).first() if len(opened) > MAKER else None
    if maker is None:
        raise Problem("sync.sealed")
    return maker.person_id, opened[MAKER:]


def _private(kid: str) -> ec.EllipticCurvePrivateKey:
    """Reading a key's PEM costs more than opening a box with it, so each is read once a process."""
    found = _read.get(kid)
    if found is None:
        row = ServerKey.objects.filter(kid=kid).first()
        if row is None:
            raise Problem("sync.sealed")
        loaded = serialization.load_pem_private_key(row.private_pem.encode(), password=None)
        found = _read[kid] = cast(ec.EllipticCurvePrivateKey, loaded)
    return found


def seal(jwk: dict[str, str], message: bytes) -> str:
    """What a phone does with a command; here for tests, imports and tools."""
    return base64.b64encode(seal_bytes(jwk, message)).decode()


def seal_bytes(jwk: dict[str, str], message: bytes) -> bytes:
    """The box itself, as sounds and photos travel."""
    public = ec.EllipticCurvePublicNumbers(_int(jwk["x"]), _int(jwk["y"]), ec.SECP256R1()).public_key()
    ephemeral = ec.generate_private_key(ec.SECP256R1())
    point = ephemeral.public_key().public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    nonce = secrets.token_bytes(NONCE)
    sealed = AESGCM(_key(ephemeral.exchange(ec.ECDH(), public), point)).encrypt(nonce, message, None)
    return point + nonce + sealed


def _key(shared: bytes, salt: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=salt, info=INFO).derive(shared)


def _b64u(number: int) -> str:
    return base64.urlsafe_b64encode(number.to_bytes(32, "big")).rstrip(b"=").decode()


def _int(text: str) -> int:
    return int.from_bytes(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)), "big")
