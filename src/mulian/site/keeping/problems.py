"""What can be wrong with a backup or a restore."""

from mulian.kernel.problems import register

NO_INSTALLATION = register(
    "backup.no_installation", 404, "There is no installation to back up.", "Name its folder with --data."
)
EXISTS = register(
    "backup.exists",
    409,
    "There is something at that place already.",
    "Name a folder that does not exist yet.",
)
NO_ROOM = register(
    "backup.no_room",
    507,
    "There is not enough room on the disk.",
    "Make room, or name a folder on another disk; nothing was kept of the attempt.",
)
FAILED = register(
    "backup.failed",
    500,
    "The backup could not be proved and was thrown away.",
    "Read the lines above; the installation itself was not touched.",
)
BROKEN = register(
    "restore.broken",
    422,
    "This is no whole backup: %(what)s.",
    "Take another backup; nothing was changed.",
)
NOT_EMPTY = register(
    "restore.not_empty",
    409,
    "There is an installation at that place already.",
    "Move it away first, or name another --data (and another, empty database).",
)
OTHER_KIND = register(
    "restore.other_kind",
    409,
    "The backup is of another kind of database.",
    "Restore it with the kind it was made from (MULIAN_DATABASE_URL).",
)
NO_SCRATCH = register(
    "backup.no_scratch",
    403,
    "The backup cannot be proved: this login may not make a database.",
    "Give the login the right CREATEDB (ALTER ROLE … CREATEDB).",
)
NO_PROGRAM = register(
    "backup.no_program",
    500,
    "The program %(name)s of PostgreSQL is not installed.",
    "Install PostgreSQL's client programs of the server's version or newer.",
)
NO_LIST = register(
    "restore.no_list",
    404,
    "There is no list of erasures at that place.",
    "Name the file that lies beside the backups.",
)
REFUSED = register(
    "restore.failed",
    500,
    "The backup could not be restored; nothing was kept of the attempt.",
    "Read the lines above; the backup itself was not touched.",
)
