"""Tables of the gateway: keys, what came in with them, words released to the public, cases handed to other systems,
and what those offer.
"""

from mulian.gateways.open311.models.forward import Forward
from mulian.gateways.open311.models.key import Key
from mulian.gateways.open311.models.received import Incoming, Update
from mulian.gateways.open311.models.release import Release
from mulian.gateways.open311.models.theirs import Asked, Mapped, Theirs

__all__ = ["Asked", "Forward", "Incoming", "Key", "Mapped", "Release", "Theirs", "Update"]
