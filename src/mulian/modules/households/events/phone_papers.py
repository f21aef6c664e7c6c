"""Papers photographed on phones. Never what stands in them."""

from __future__ import annotations

from dataclasses import dataclass

from mulian.modules.households.events.families import AboutHousehold


@dataclass(frozen=True, kw_only=True)
class PaperPhotographed(AboutHousehold):
    """A liaison took a picture of a paper; it follows by itself."""

    name = "households.paper_photographed"
    paper: str
    code: str


@dataclass(frozen=True, kw_only=True)
class PaperPictured(AboutHousehold):
    """The covered picture came and waits for the desk; with `refused` it was turned away and nothing of it is kept."""

    name = "households.paper_pictured"
    paper: str
    refused: str = ""


@dataclass(frozen=True, kw_only=True)
class PaperDropped(AboutHousehold):
    """A person saw that nothing can be read on a picture and deleted it."""

    name = "households.paper_dropped"
    paper: str
