"""Reads the tables of an XLSForm into our definition; what is outside our part of the standard is named by its cell."""

from mulian.modules.forms.domain.xlsform.reading import read_form
from mulian.modules.forms.domain.xlsform.tables import Tables

__all__ = ["Tables", "read_form"]
