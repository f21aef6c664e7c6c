"""Classes (guarantee G2) of what belongs to the public doors: codes, held reports, figures, letters."""

from __future__ import annotations

DOORS: dict[str, dict[str, str]] = {
    "FollowingCode": {"report": "S1", "digest": "S1", "created_at": "S1"},
    "HeldReport": {
        "id": "S1",
        "because": "S1",
        "text": "S2",
        "voice": "S2",
        "voice_seconds": "S1",
        "photos": "S2",
        "hazard": "S1",
        "area": "S1",
        "lat": "S2",
        "lon": "S2",
        "accuracy": "S1",
        "reach": "S2",
        "about_area": "S1",
        "language": "S1",
        "received_at": "S1",
        "state": "S1",
        "decided_by": "S1",
        "decided_at": "S1",
        "reason": "S2",
    },
    "PublishedMonth": {"since": "S0", "k": "S0", "made_at": "S1"},
    "PublishedFigure": {
        "id": "S1",
        "month": "S0",
        "township": "S0",
        "topic": "S0",
        "cases": "S0",
        "solved_tenths": "S0",
    },
    "Letter": {"digest": "S1", "report": "S1", "verdict": "S1", "read_at": "S1"},
}
