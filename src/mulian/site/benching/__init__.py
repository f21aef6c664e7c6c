"""`mulian bench`: what this machine does with Mulian, beside its own raw limits, in one run.

Absolute figures move with the machine; the ratios inside one run are what counts (ADR 0012).
"""

from mulian.site.benching.table import run as run
