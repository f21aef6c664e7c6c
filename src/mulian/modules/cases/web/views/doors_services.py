"""What do I need to bring: the catalogue of services for everybody."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from mulian.modules.cases.queries.services import offered
from mulian.modules.cases.web.showing.services import offer
from mulian.modules.cases.web.views.door import door, show


@door("What every family may ask for; holds nobody's data.")
@require_safe
def services(request: Any) -> HttpResponse:
    """Papers, steps, where and when, who goes."""
    return show(request, "services.html", {"offers": [offer(each, request.at) for each in offered()]})
