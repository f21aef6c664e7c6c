"""How much one table may hold. Beyond it is a bomb or a mistake, and nothing of it is kept."""

from __future__ import annotations

MEGABYTE = 1024 * 1024
LARGEST = 20 * MEGABYTE
"""Bytes of a file as sent."""
UNPACKED = 160 * MEGABYTE
"""Bytes of all parts of an XLSX together, as its directory announces and as they come out."""
RATIO = 200
"""How many times larger a part of more than a megabyte may be than its packed form (sheets of one repeated word
reach 60)."""
PARTS = 500
ROWS = 1_000_000
COLUMNS = 200
CELL = 2000
"""Characters of one cell that are kept."""
SHEETS = 50
CPU_SECONDS = 40
WALL_SECONDS = 90.0
MEMORY = 1024 * MEGABYTE
"""Address space of the child: a sheet whose one far corner is filled ends there."""
WRITTEN = 400 * MEGABYTE
"""Bytes the child may write."""
MERGED_UNTIL = 20
"""Merged cells are spread over all their cells in these first lines: there headings stand."""
