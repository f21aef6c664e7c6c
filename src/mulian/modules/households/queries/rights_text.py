"""docs/reference/roles.md: the table of roles and items as a document, made from the rules."""

from __future__ import annotations

from mulian.kernel.actor import Role
from mulian.modules.households.queries.rights_table import table

HEAD = """# Who reads and writes what of a household

Made from the rules by `python tools/roles.py`; a test fails when it is not what they do. Do not edit it by hand.

**W** reads and writes, **R** reads, on both sides; **w**, **r** on one side only (a family may be registered in one
village and live in another, and each fact has one owner); **·** neither. Every cell holds within the duty's own area
only. *S3* is sensitive: read by who helps the family, kept with consent or for the purpose the catalogue names. Nobody
reads a family without its being kept (G9).
"""


def text() -> str:
    """The whole document."""
    roles = list(Role)
    lines = [
        HEAD,
        "| item | | " + " | ".join(role.value.replace("_", " ") for role in roles) + " |",
        "|---" * (len(roles) + 2) + "|",
    ]
    for line in table():
        cells = " | ".join(line.cells[role].word for role in roles)
        mark = "S3" if line.sensitive else line.sort
        lines.append(f"| {line.name['en']} (`{line.code}`) | {mark} | {cells} |")
    return "\n".join(lines) + "\n"
