"""Expressions of forms: the part of XPath that XLSForms use, parsed once at publishing, evaluated everywhere."""
