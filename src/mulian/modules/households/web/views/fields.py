"""Which duty reads and writes which item: the rules as a table, nobody's record."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from mulian.core.access.views import requires
from mulian.core.packs import current
from mulian.kernel.actor import Role
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries.rights_table import table
from mulian.modules.households.web.showing import words


@requires(Permission.FIELDS)
@require_safe
def fields(request: Any) -> HttpResponse:
    """Every item with a cell for each role that reads anything of households."""
    lines = table()
    roles = [role for role in Role if any(line.cells[role].reads for line in lines)]
    language = get_language() or "zh-hans"
    context = {
        "roles": [current().title(role.value, language) for role in roles],
        "lines": [
            {"name": words(line.name), "sensitive": line.sensitive, "cells": [line.cells[r] for r in roles]}
            for line in lines
        ],
    }
    return render(request, "households/fields.html", context)
