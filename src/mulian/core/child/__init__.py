"""Throw-away processes for what came from outside (docs/adr/0015): `starting` is the server's half, `limits` theirs."""
