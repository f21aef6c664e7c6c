"""What phones send about households, and what they hold of them."""

from mulian.modules.households.syncables.catalogue import render_catalogue, visible_catalogue
from mulian.modules.households.syncables.commands import (
    CampBody,
    ItemBody,
    LifeBody,
    MemberBody,
    MoveBody,
    UpdateBody,
    apply_camp,
    apply_life,
    apply_move,
    apply_update,
)
from mulian.modules.households.syncables.institutions import (
    CheckBody,
    apply_check,
    render_institutions,
    visible_institutions,
)
from mulian.modules.households.syncables.phone_papers import PaperBody, apply_paper
from mulian.modules.households.syncables.rendering import carried, render_households, visible_households

__all__ = [
    "CampBody",
    "CheckBody",
    "ItemBody",
    "LifeBody",
    "MemberBody",
    "MoveBody",
    "PaperBody",
    "UpdateBody",
    "apply_camp",
    "apply_check",
    "apply_life",
    "apply_move",
    "apply_paper",
    "apply_update",
    "carried",
    "render_catalogue",
    "render_households",
    "render_institutions",
    "visible_catalogue",
    "visible_households",
    "visible_institutions",
]
