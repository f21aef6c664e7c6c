"""A password given by somebody else works once: before anything else its owner must choose a new one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.signals import password_changed, password_set
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from mulian.core.access.actions import password_chosen
from mulian.kernel import clock

OPEN_NAMES = frozenset(
    {
        "account_change_password",
        "account_reauthenticate",
        "account_logout",
        "mfa_reauthenticate",
        "language",
        "theme",
    }
)


class OneTimePasswordMiddleware:
    """Leads a person with a one-time password to the page that changes it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        user = getattr(request, "user", None)
        must = user is not None and user.is_authenticated and user.must_change_password
        name = request.resolver_match.url_name if request.resolver_match else None
        if not must or name in OPEN_NAMES or request.headers.get("Authorization"):
            return None
        return HttpResponseRedirect(reverse("account_change_password"))


def connect() -> None:
    """Hears of changed passwords from allauth."""
    password_changed.connect(_chosen, dispatch_uid="mulian.password_changed")
    password_set.connect(_chosen, dispatch_uid="mulian.password_set")


def _chosen(request: HttpRequest, user: Any, **_: Any) -> None:
    actor = getattr(request, "actor", None)
    if actor is not None:
        password_chosen(person=user.pk, actor=actor, at=clock.now())
