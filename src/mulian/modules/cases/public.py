"""The door of cases for other modules."""

from __future__ import annotations
