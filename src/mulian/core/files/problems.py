"""What can go wrong with a file, in words a person can act on (a full disk is the kernel's `disk_full`)."""

from mulian.kernel.problems import register

register(
    "files.bad_header", 400, "The upload request is not complete.", "Update the app and send the file again."
)
register("files.wrong_version", 412, "This upload protocol version is not spoken here.", "Update the app.")
register(
    "files.no_length",
    411,
    "The upload does not say how long it is.",
    "Update the app and send the file again.",
)
register(
    "files.wrong_offset",
    409,
    "The upload continued at the wrong place.",
    "Ask where it stands and go on there.",
)
register(
    "files.busy", 423, "This file is being received on another connection.", "Wait a moment and try again."
)
register("files.wrong_hash", 460, "The file arrived damaged.", "Send it again from the beginning.")
register("files.too_large", 413, "The file is too large.", "Make it smaller or record a shorter message.")
register(
    "files.wrong_type",
    415,
    "This kind of file is not taken.",
    "Send a photo (JPEG, PNG, WebP) or a voice message.",
)
register("files.unreadable", 422, "The file cannot be opened.", "Take the photo or record the voice again.")
register("files.sealed", 422, "The sealed file could not be opened.", "The county keeps it and looks at it.")
register("files.too_many_pixels", 422, "The picture has too many pixels.", "Send a smaller picture.")
register(
    "files.too_long", 422, "The voice message is too long.", "Record several messages of up to five minutes."
)
register(
    "files.not_here_yet",
    404,
    "The file has not arrived yet.",
    "It is on the phone and comes with the next network.",
)
register("files.wrong_range", 416, "The file has no such range.", "Load the whole file.")
