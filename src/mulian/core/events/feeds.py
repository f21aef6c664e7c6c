"""The names of reader keys in the feed."""

from __future__ import annotations

from uuid import UUID


def of_area(code: str) -> str:
    return f"area:{code}"


def of_person(person: UUID) -> str:
    return f"person:{person}"


def of_device(device: UUID) -> str:
    return f"device:{device}"
