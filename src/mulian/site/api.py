"""`/api/v1/`: one OpenAPI document made of the modules' routers."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser
from ninja.security.base import AuthBase
from ninja.utils import check_csrf

from mulian.core.access.views import public
from mulian.core.registry import modules, resolve
from mulian.core.ui import problems
from mulian.kernel.problems import Problem


class SessionOrKey(AuthBase):
    """A staff session or `Authorization: Bearer <api_token>`; the middleware has already looked."""

    openapi_type = "http"
    openapi_scheme = "bearer"

    def __call__(self, request: HttpRequest) -> Any:
        actor = getattr(request, "actor", None)
        by_key = request.headers.get("Authorization", "").startswith("Bearer ")
        if actor is not None and not by_key and check_csrf(request) is not None:
            raise Problem("form_expired")
        return actor


class PlainParser(Parser):
    """JSON whose texts a database and a page can hold: neither NUL nor half of a pair of UTF-16."""

    def parse_body(self, request: HttpRequest) -> Any:
        found = super().parse_body(request)
        if b"\\u" in request.body:
            text = json.dumps(found, ensure_ascii=False)
            if "\\u0000" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
                raise HttpError(400, "bad_request")
        return found


api = NinjaAPI(
    parser=PlainParser(),
    title="Mulian",
    version="1",
    description="Cases, areas and duties of one county. Areas are codes, times RFC 3339, errors RFC 9457.",
    auth=SessionOrKey(),
    docs_url=None,
    urls_namespace="api",
)


@api.exception_handler(Problem)
def _problem(request: HttpRequest, problem: Any) -> HttpResponse:
    return problems.render(request, problem)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: Any) -> HttpResponse:
    return problems.render(request, Problem("invalid"))


@api.exception_handler(HttpError)
def _http(request: HttpRequest, error: Any) -> HttpResponse:
    return problems.render(request, Problem("login_needed" if error.status_code == 401 else "bad_request"))


for module in modules():
    if module.api:
        router: Any = resolve(module.api)
        api.add_router("", router)


OPEN = {
    "openapi-json": "Names what the API can do; holds nobody's data.",
    "api-root": "Answers 404; Ninja needs the name to write addresses into the description.",
}


def addresses() -> tuple[list[Any], str, str]:
    """Ninja's addresses; its own two carry the reason why they are open."""
    listed: list[Any] = list(api.urls[0])
    for entry in listed:
        if entry.name in OPEN:
            public(OPEN[entry.name])(entry.callback)
    return listed, *api.urls[1:]
