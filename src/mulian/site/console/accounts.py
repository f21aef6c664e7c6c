"""django-allauth's pages that staff may reach: sign in and out, password, second factor.

Signing up, mail and social logins have no address at all: people are made by an administrator.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.http import HttpRequest, HttpResponse
from django.urls import path

from mulian.core.access.views import public

_OWN = "allauth lets each person reach only the own account and asks for a login itself."


def _opened(reason: str, view: Callable[..., Any]) -> Callable[..., HttpResponse]:
    """A copy of allauth's view that carries our mark; the original stays untouched."""

    @public(reason)
    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = view(request, *args, **kwargs)
        return response

    return opened


@public("The way out.")
@wraps(account.logout)
def logout(request: HttpRequest) -> HttpResponse:
    """Signs out, and the browser forgets the pages it kept, so that going back shows nobody's data.

    Only the cache: the same origin holds the phone app, whose unsent reports lie in the browser's storage.
    """
    response: HttpResponse = account.logout(request)
    if request.method == "POST":
        response.headers["Clear-Site-Data"] = '"cache"'
    return response


urlpatterns = [
    path("account/login/", _opened("The way in.", account.login), name="account_login"),
    path("account/logout/", logout, name="account_logout"),
    path(
        "account/inactive/",
        _opened("Says that a login is off.", account.account_inactive),
        name="account_inactive",
    ),
    path("account/confirm/", _opened(_OWN, account.reauthenticate), name="account_reauthenticate"),
    path("account/password/", _opened(_OWN, account.password_change), name="account_change_password"),
    path("account/password/set/", _opened(_OWN, account.password_set), name="account_set_password"),
    path("account/second/", _opened(_OWN, mfa.index), name="mfa_index"),
    path(
        "account/second/code/",
        _opened("The second step of the way in.", mfa.authenticate),
        name="mfa_authenticate",
    ),
    path("account/second/confirm/", _opened(_OWN, mfa.reauthenticate), name="mfa_reauthenticate"),
    path("account/second/app/", _opened(_OWN, totp.activate_totp), name="mfa_activate_totp"),
    path("account/second/app/off/", _opened(_OWN, totp.deactivate_totp), name="mfa_deactivate_totp"),
    path(
        "account/second/recovery/", _opened(_OWN, codes.view_recovery_codes), name="mfa_view_recovery_codes"
    ),
    path(
        "account/second/recovery/new/",
        _opened(_OWN, codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "account/second/recovery/file/",
        _opened(_OWN, codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
]
