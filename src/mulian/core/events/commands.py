"""`mulian retention`: what nobody may keep longer, counted or taken away now instead of tonight."""

from __future__ import annotations

import argparse
from datetime import datetime

from mulian.core.registry import Retention, resolve, retentions
from mulian.kernel import clock


def retention_command(options: argparse.Namespace) -> int:
    """`--dry-run` prints table, rule, how many and why, and changes nothing."""
    now = clock.now()
    for rule in retentions():
        before = due(rule, now)
        print(f"{_table(rule, now):28} {rule.rule:24} {before:>8}  {_why(rule)}")
        if not options.dry_run and before:
            print(f"{'':28} {'':24} {_take(rule, now):>8}  taken away")
    return 0


def due(rule: Retention, now: datetime) -> int:
    """How many rows a rule would take."""
    count: int = resolve(rule.due)(now).count()
    return count


def _take(rule: Retention, now: datetime) -> int:
    """Until nothing is due; a sweep takes a part and may be stopped between any two."""
    begun = due(rule, now)
    left = begun
    while left:
        resolve(rule.sweep)(now)
        before, left = left, due(rule, now)
        if left == before:
            break
    return begun - left


def _table(rule: Retention, now: datetime) -> str:
    table: str = resolve(rule.due)(now).model._meta.db_table
    return table


def _why(rule: Retention) -> str:
    kept = f"{rule.days} days" if rule.days else "as the county's pack says,"
    return f"{rule.what}: {kept} {rule.why}"
