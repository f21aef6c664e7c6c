"""`/healthz` for whoever watches the server, `/metrics` in Prometheus' text form."""

from __future__ import annotations

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse

from mulian.core.access.permissions import Permission
from mulian.core.access.views import public, requires
from mulian.core.events.models import Delivery, Event, Head, TimerRun
from mulian.core.packs import current
from mulian.core.packs.checking import notes
from mulian.core.sync.models import Command
from mulian.kernel import clock
from mulian.site import runtime


@public("says only whether the server works")
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the databases answer and the background work moves, else 503 with what stands still.

    `warnings`: what works on but wants somebody, such as a year whose holidays are not in the pack.
    """
    now = clock.now()
    try:
        faults = runtime.standing_still(now)
    except DatabaseError as error:
        faults = [f"database: {type(error).__name__}"]
    status, code = ("failing", 503) if faults else ("ok", 200)
    return JsonResponse({"status": status, "faults": faults, "warnings": notes(current(), now)}, status=code)


@requires(Permission.RUN)
def metrics(request: HttpRequest) -> HttpResponse:
    """Counts a county's officer would ask for first."""
    rows = {
        "mulian_events_total": Head.objects.values_list("pos", flat=True).get(id=1),
        "mulian_events_unstamped": Event.objects.filter(pos__isnull=True).count(),
        "mulian_commands_waiting": Command.objects.filter(state="received").count(),
        "mulian_commands_parked": Command.objects.filter(state="parked").count(),
        "mulian_commands_refused": Command.objects.filter(state="refused").count(),
        "mulian_deliveries_pending": Delivery.objects.filter(state="pending").count(),
        "mulian_deliveries_dead": Delivery.objects.filter(state="dead").count(),
        "mulian_sweeps_failing": TimerRun.objects.filter(failures__gt=0).count(),
    }
    text = "".join(f"# TYPE {name} gauge\n{name} {value}\n" for name, value in rows.items())
    return HttpResponse(text, content_type="text/plain; version=0.0.4; charset=utf-8")
