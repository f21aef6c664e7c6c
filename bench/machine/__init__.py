"""Cases that live by the rules of `domain` alone, for random walks (`bench/walks.py`) and their tests."""

from bench.machine.county import POLICY
from bench.machine.machine import ACTS, Machine
from bench.machine.walked import Walked

__all__ = ["ACTS", "POLICY", "Machine", "Walked"]
