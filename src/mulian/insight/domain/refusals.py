"""What figures may be refused for."""

from __future__ import annotations

from mulian.kernel.problems import register

PURPOSE_NEEDED = register(
    "insight.purpose_needed", 422, "Say what the table is for.", "Write the purpose in one sentence."
)
