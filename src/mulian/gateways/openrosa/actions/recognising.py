"""Who asks: by the key in the address, or by HTTP Digest with the same key as the password."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from urllib.parse import unquote, urlsplit

from mulian.core.access import openrosa_keys, tokens
from mulian.gateways.openrosa.domain import digest
from mulian.gateways.openrosa.domain.digest import Proof
from mulian.gateways.openrosa.domain.refusals import BAD_KEY, SIGN_IN
from mulian.gateways.openrosa.models import UsedProof
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem

NOBODY = "0" * 40
"""The key that is counted with for an unknown name, so that the answer takes as long."""


class SignIn(Problem):
    """Asks for a proof; `stale` when only the nonce was too old or used, so that no one types a password again."""

    def __init__(self, *, stale: bool = False) -> None:
        super().__init__(SIGN_IN)
        self.stale = stale


@dataclass(frozen=True)
class Asked:
    """What of a request a proof speaks of: its method and its address with the query, as they came."""

    authorization: str
    method: str
    address: str


def by_key(key: str, at: datetime) -> Actor:
    """Raises `openrosa.bad_key` (403, not 401: a program would ask its user for a password that cannot help)."""
    actor = openrosa_keys.actor_by_key(key, at)
    if actor is None:
        raise Problem(BAD_KEY)
    return actor


def by_digest(asked: Asked, at: datetime) -> Actor:
    """Raises SignIn, which becomes a challenge."""
    proof = digest.proof(asked.authorization)
    if proof is None or _path(proof.uri) != _path(asked.address):
        raise SignIn
    keys = openrosa_keys.keys_of(proof.username)
    proven = [id for id, key in keys.items() if digest.proves(proof, key=key, method=asked.method)]
    if not keys:
        digest.proves(proof, key=NOBODY, method=asked.method)
    if not proven:
        raise SignIn
    if not digest.is_fresh(proof.nonce, _secret(), seconds=at.timestamp()) or not _first_time(proof, at):
        raise SignIn(stale=True)
    actor = openrosa_keys.actor_on(proven[0], at)
    if actor is None:
        raise SignIn
    return actor


def challenge(problem: SignIn, at: datetime) -> str:
    """The value of WWW-Authenticate, with a nonce of its own."""
    nonce = digest.make_nonce(_secret(), seconds=at.timestamp(), random=secrets.token_hex(8))
    return digest.challenge(nonce, stale=problem.stale)


def sweep_used(now: datetime) -> int:
    """Forgets proofs whose nonce is too old to be taken again."""
    return UsedProof.objects.filter(expires_at__lt=now).delete()[0]


def _first_time(proof: Proof, at: datetime) -> bool:
    """Remembers the proof. Each count of a nonce serves once; programs send several at a time, so order is free."""
    mark = sha256(f"{proof.nonce}:{int(proof.count, 16)}".encode()).hexdigest()
    kept = timedelta(seconds=digest.FRESH_SECONDS + 2 * digest.EARLY_SECONDS)
    return UsedProof.objects.get_or_create(mark=mark, defaults={"expires_at": at + kept})[1]


def _secret() -> bytes:
    return tokens.derived("openrosa-nonce").encode()


def _path(address: str) -> str:
    """Path and query. Programs write the address whole or from the root, and escape it as they like."""
    parts = urlsplit(address)
    return unquote(parts.path + (f"?{parts.query}" if parts.query else ""))
