"""Photos and voices by the SHA-256 of their bytes: resumable upload, checking by decoding, scoped reading."""

from mulian.core.files import problems as problems
