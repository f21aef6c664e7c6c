"""All benches of the ledger in turn, and their table at the end: `python -m bench.register [--small] [NAME…]`.

As those of cases: each a process of its own with a time after which it is ended, on SQLite, then on PostgreSQL
where this machine has one (`--database` names one of them).
"""

from __future__ import annotations

import sys

from bench.cases import Run, main

RUNS = (
    Run("ledger", (), ("--part", "20", "--asks", "1"), 30),
    Run("importing", (), ("--lines", "200", "--known", "100"), 10),
    Run("moves", (), ("--households", "20", "--days", "5"), 45),
    Run("forms", (), ("--forms", "1"), 5),
    Run("openrosa", (), ("--seconds", "1", "--programs", "2"), 10),
)

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], RUNS, "register", __doc__))
