"""The signed id a public form carries, the cookie that opens one report for an hour, the picture of a code."""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import qrcode
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from qrcode.image.svg import SvgPathImage

from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem

FORM, OPENED = "mulian.public.form", "mulian.public.opened"
COOKIE, COOKIE_PATH = "opened", "/public/"
KEPT = timedelta(days=7)
"""How long a page may stay open before its form has to be asked for again."""
OPEN_FOR = timedelta(hours=1)
"""How long a browser that showed a code may look without showing it again."""


@dataclass(frozen=True)
class Slip:
    """The id a report will have, and when its form was handed out."""

    id: UUID
    at: datetime


def fresh(at: datetime) -> str:
    """A new slip, signed, so that nobody chooses ids: whoever knows a case's id cannot make its form."""
    return signing.dumps([str(uuid7(at)), at.timestamp()], salt=FORM)


def read(token: str, at: datetime) -> Slip:
    """Raises `form_expired` for what this server did not sign, or too long ago."""
    try:
        id, since = signing.loads(token, salt=FORM)
    except signing.BadSignature as error:
        raise Problem("form_expired") from error
    slip = Slip(UUID(id), datetime.fromtimestamp(since, tz=at.tzinfo))
    if at - slip.at > KEPT:
        raise Problem("form_expired")
    return slip


def open_for(response: HttpResponse, report: UUID, at: datetime) -> HttpResponse:
    """Lets this browser look at one report for an hour."""
    token = signing.dumps([str(report), at.timestamp()], salt=OPENED)
    response.set_cookie(
        COOKIE,
        token,
        max_age=OPEN_FOR,
        path=COOKIE_PATH,
        secure=settings.SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def opened(request: HttpRequest, at: datetime) -> UUID | None:
    """The report this browser may look at."""
    try:
        report, since = signing.loads(request.COOKIES.get(COOKIE, ""), salt=OPENED)
    except signing.BadSignature:
        return None
    return UUID(report) if at.timestamp() - since <= OPEN_FOR.total_seconds() else None


def forget(response: HttpResponse) -> HttpResponse:
    """Closes it again, on a phone that others use too."""
    response.delete_cookie(COOKIE, path=COOKIE_PATH)
    return response


def picture(code: str) -> str:
    """A QR picture of the following page; the code stands behind `#`, which no browser sends to any server or log."""
    out = io.BytesIO()
    address = f"{settings.MULIAN_BASE_URL.rstrip('/')}/public/follow/#{code}"
    qrcode.make(address, image_factory=SvgPathImage, border=2).save(out)
    return f"data:image/svg+xml;base64,{base64.b64encode(out.getvalue()).decode()}"
