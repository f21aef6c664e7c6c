"""Facts about households, their lives, who serves and who reads them; personal values are kept apart and erasable."""

from mulian.modules.households.events.families import (
    CampOpened,
    HouseholdChanged,
    HouseholdClosed,
    HouseholdMoved,
    HouseholdRegistered,
    HouseholdsSeeded,
)
from mulian.modules.households.events.institutions import (
    InstitutionChanged,
    InstitutionChecked,
    InstitutionRegistered,
)
from mulian.modules.households.events.lives import (
    HouseholdMerged,
    HouseholdReopened,
    HouseholdSplit,
    LifeTakenBack,
    MemberCame,
    MemberWent,
)
from mulian.modules.households.events.readings import (
    HouseholdsSearched,
    RecordRead,
    SlipGiven,
    WhereaboutsRead,
)
from mulian.modules.households.events.requests import (
    RecordErased,
    RequestDecided,
    RequestTaken,
    RequestTold,
    RequestUrged,
    RestrictionLifted,
)
from mulian.modules.households.events.service import (
    CATALOGUE,
    CatalogueChanged,
    CollectionWanted,
    LiaisonAssigned,
    LiaisonQualified,
    StaffSeeded,
)
from mulian.modules.households.events.tables import (
    ExportAsked,
    ExportDecided,
    ExportMade,
    ExportTaken,
    ReturnMade,
    ReturnSent,
    TableApplied,
    TableTaken,
    TableUndone,
)

__all__ = [
    "CATALOGUE",
    "CampOpened",
    "CatalogueChanged",
    "CollectionWanted",
    "ExportAsked",
    "ExportDecided",
    "ExportMade",
    "ExportTaken",
    "HouseholdChanged",
    "HouseholdClosed",
    "HouseholdMerged",
    "HouseholdMoved",
    "HouseholdRegistered",
    "HouseholdReopened",
    "HouseholdSplit",
    "HouseholdsSearched",
    "HouseholdsSeeded",
    "InstitutionChanged",
    "InstitutionChecked",
    "InstitutionRegistered",
    "LiaisonAssigned",
    "LiaisonQualified",
    "LifeTakenBack",
    "MemberCame",
    "MemberWent",
    "RecordErased",
    "RecordRead",
    "RequestDecided",
    "RequestTaken",
    "RequestTold",
    "RequestUrged",
    "RestrictionLifted",
    "ReturnMade",
    "ReturnSent",
    "SlipGiven",
    "StaffSeeded",
    "TableApplied",
    "TableTaken",
    "TableUndone",
    "WhereaboutsRead",
]
