"""The class of every stored field: S0 public, S1 work, S2 personal, S3 sensitive (guarantee G2).

Nothing here is S3: a sensitive matter is reached through the household's own records. What a person said or may be
found by is S2; everything else is S1.
"""

from __future__ import annotations

FIELD_CLASSES: dict[str, dict[str, str]] = {
    "cases.Case": {
        "text": "S2", "lat": "S2", "lon": "S2", "household": "S2", "about_person": "S2", "reporter": "S2",
        "on_behalf_of": "S2", "device": "S2", "waiting_for": "S2", "answer_text": "S2", "answer_voice": "S2",
    },
    "cases.Receiver": {"person": "S1", "deputises_for": "S1"},
    "cases.Promise": {},
    "cases.Pause": {"reason": "S2"},
    "cases.LadderStep": {},
    "cases.ListeningItem": {"transcript": "S2", "translation": "S2"},
}  # fmt: skip
DEFAULT_CLASS = "S1"
