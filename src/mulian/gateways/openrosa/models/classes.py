"""The class of every stored field (guarantee G2): S0 public, S1 work, S2 personal, S3 sensitive."""

from __future__ import annotations

CLASSES: dict[str, dict[str, str]] = {"UsedProof": {"mark": "S1", "expires_at": "S1"}}
