"""What the gateway keeps: which proofs were used."""

from mulian.gateways.openrosa.models.used import UsedProof

__all__ = ["UsedProof"]
