"""Tables of forms."""

from mulian.modules.forms.models.classes import CLASSES
from mulian.modules.forms.models.form import Form
from mulian.modules.forms.models.occasion import Occasion
from mulian.modules.forms.models.submission import Submission

__all__ = ["CLASSES", "Form", "Occasion", "Submission"]
