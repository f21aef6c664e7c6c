"""The synthetic world of the demo: a pure plan, pure families and staff, and one writer.

Everything is drawn from generators seeded with the pack's code and the place, and every id is derived from what
it names: two runs give the same world.
"""

from mulian.modules.households.seed.writing import Seeded, demo_facts, seed

__all__ = ["Seeded", "demo_facts", "seed"]
