"""The XML we answer with (OpenRosa 1.0): messages, lists of forms, manifests, what became of entities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_RESPONSE = "http://openrosa.org/http/response"
_LIST = "http://openrosa.org/xforms/xformsList"
_MANIFEST = "http://openrosa.org/xforms/xformsManifest"


@dataclass(frozen=True, kw_only=True)
class ListedForm:
    """One form of the list. `manifest` is empty for a form without media and lists; `md5` is of the form's XML."""

    form_id: str
    name: str
    version: str
    md5: str
    download: str
    manifest: str = ""
    description: str = ""


@dataclass(frozen=True, kw_only=True)
class ListedFile:
    """One file of a manifest; a list of entities has the address that tells which of them are gone."""

    filename: str
    md5: str
    download: str
    integrity: str = ""


def response(nature: str, text: str) -> bytes:
    """What the program shows its user: `submit_success` or `error`, and a sentence."""
    said = f'<message nature="{nature}">{_plain(text)}</message>'
    return _bytes(f"<OpenRosaResponse xmlns={quoteattr(_RESPONSE)}>{said}</OpenRosaResponse>")


def form_list(forms: Iterable[ListedForm], *, verbose: bool = False) -> bytes:
    """formID, name and downloadUrl are in every row: a row without one makes Collect drop the whole list."""
    rows = "".join(f"<xform>{''.join(_form(each, verbose))}</xform>" for each in forms)
    return _bytes(f"<xforms xmlns={quoteattr(_LIST)}>{rows}</xforms>")


def _form(each: ListedForm, verbose: bool) -> Iterator[str]:
    yield _tag("formID", each.form_id)
    yield _tag("name", each.name)
    yield _tag("version", each.version)
    yield _tag("hash", f"md5:{each.md5}")
    if verbose:
        yield _tag("descriptionText", each.description)
    yield _tag("downloadUrl", each.download)
    if each.manifest:
        yield _tag("manifestUrl", each.manifest)


def manifest(files: Iterable[ListedFile]) -> bytes:
    rows = "".join(_file(each) for each in files)
    return _bytes(f"<manifest xmlns={quoteattr(_MANIFEST)}>{rows}</manifest>")


def _file(each: ListedFile) -> str:
    kind = ' type="entityList"' if each.integrity else ""
    inside = _tag("filename", each.filename) + _tag("hash", f"md5:{each.md5}")
    inside += _tag("downloadUrl", each.download)
    inside += _tag("integrityUrl", each.integrity) if each.integrity else ""
    return f"<mediaFile{kind}>{inside}</mediaFile>"


def integrity(asked: Sequence[str], there: frozenset[str]) -> bytes:
    """For each entity asked about, whether the program should forget it."""
    rows = "".join(
        f"<entity id={quoteattr(_clean(each))}>{_tag('deleted', 'false' if each in there else 'true')}</entity>"
        for each in asked
    )
    return _bytes(f"<data><entities>{rows}</entities></data>")


def _tag(name: str, text: str) -> str:
    return f"<{name}>{_plain(text)}</{name}>"


def _plain(text: str) -> str:
    return escape(_clean(text))


def _clean(text: str) -> str:
    """XML 1.0 has no way to write control signs."""
    return "".join(sign for sign in text if sign >= " " or sign in "\t\n")


def _bytes(text: str) -> bytes:
    return (_HEAD + text).encode()
