"""Tables of the gateway: keys, what came in with them, words released to the public, cases handed to other systems."""

from mulian.gateways.open311.models.forward import Forward
from mulian.gateways.open311.models.key import Key
from mulian.gateways.open311.models.received import Incoming, Update
from mulian.gateways.open311.models.release import Release

__all__ = ["Forward", "Incoming", "Key", "Release", "Update"]
