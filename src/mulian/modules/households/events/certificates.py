"""Papers that were read, and pictures that are gone. Never what stands in them."""

from __future__ import annotations

from dataclasses import dataclass

from mulian.modules.households.events.families import AboutHousehold


@dataclass(frozen=True, kw_only=True)
class CertificateKept(AboutHousehold):
    """A person confirmed what a paper says; `pictured`: its covered picture is kept too, `by_hand`: covered by them."""

    name = "households.certificate_kept"
    certificate: str
    pictured: bool
    by_hand: bool


@dataclass(frozen=True, kw_only=True)
class CertificateGone(AboutHousehold):
    """What was kept of a paper is deleted; `why`: removed, ended or replaced."""

    name = "households.certificate_gone"
    certificate: str
    why: str
