"""What can be wrong with a table, in words a person can act on."""

from mulian.kernel.problems import register

register("sheets.too_large", 413, "The table is too large.", "Send it in parts, with fewer rows each.")
register(
    "sheets.wrong_type",
    415,
    "This is neither an XLSX nor a CSV file.",
    "Open it in your table program and save it as XLSX.",
)
register("sheets.old_kind", 415, "This is the old XLS format.", "Open it and save it as XLSX.")
register(
    "sheets.locked", 422, "The table is locked with a password.", "Take the password off and send it again."
)
register("sheets.unreadable", 422, "The table cannot be opened.", "Save it again as XLSX and send that.")
register("sheets.not_text", 422, "The letters of the table cannot be read.", "Save it as XLSX and send that.")
register("sheets.too_many_rows", 422, "The table has more than a million rows.", "Send it in parts.")
register(
    "sheets.too_many_columns", 422, "The table has more than 200 columns.", "Take out what is not needed."
)
register("sheets.empty", 422, "The table is empty.", "Look whether the right file was chosen.")
register(
    "sheets.fixed_cell",
    422,
    "A marked cell holds a formula or lies hidden under merged cells.",
    "Take its mark off; the table works it out itself.",
)
