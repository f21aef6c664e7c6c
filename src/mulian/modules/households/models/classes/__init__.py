"""Every stored field's class (G2), and what the sensitive ones are for."""

from __future__ import annotations

from mulian.modules.households.models.classes.families import FAMILIES
from mulian.modules.households.models.classes.institutions import INSTITUTIONS
from mulian.modules.households.models.classes.papers import PAPERS
from mulian.modules.households.models.classes.rights import RIGHTS
from mulian.modules.households.models.classes.tables import TABLES
from mulian.modules.households.models.purposes import PURPOSES

__all__ = ["CLASSES", "PURPOSES"]

CLASSES = FAMILIES | INSTITUTIONS | PAPERS | RIGHTS | TABLES
