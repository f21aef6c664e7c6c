"""The `mulian` command."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from mulian.cli.arguments import parser
from mulian.kernel.problems import Problem


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; a Problem becomes one plain line and exit code 1, Ctrl-C exit code 130."""
    options = parser().parse_args(argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mulian.settings")
    try:
        code: int = options.run(options)
    except Problem as problem:
        print(f"mulian: {problem.title} {problem.meaning.next_step}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return code
