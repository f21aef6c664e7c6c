"""What can be wrong with a sync request or a command."""

from mulian.kernel.problems import register

register("sync.version", 400, "This phone speaks an unknown version.", "Update the app on the phone.")
register("sync.too_many", 413, "Too many reports in one request.", "Send at most fifty at a time.")
register("sync.malformed", 422, "The report's form is not right.", "The county keeps it and looks at it.")
register("sync.bad_id", 422, "The report's number is not right.", "The county keeps it and looks at it.")
register(
    "sync.unknown_kind",
    422,
    "The server does not know this kind of report.",
    "The county keeps it and looks.",
)
register(
    "sync.bad_body", 422, "Something in the report is not right.", "The county keeps it and looks at it."
)
register("sync.taken", 409, "Another phone already used this number.", "The county keeps it and looks at it.")
register(
    "sync.after_refused", 409, "What this report builds on was refused.", "The county keeps it and looks."
)
register(
    "sync.revoked", 403, "This phone may no longer be used.", "The county keeps the report and looks at it."
)
register("sync.sealed", 422, "The sealed report could not be opened.", "The county keeps it and looks at it.")
register("sync.failed", 500, "The report could not be processed.", "The county keeps it and looks at it.")
