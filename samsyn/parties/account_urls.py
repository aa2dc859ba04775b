"""Signing in and out, second factors: allauth's pages, only those that closed accounts need."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as keys
from allauth.socialaccount import views as provider
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import path, re_path

from samsyn.core.web import public, signed_in

Page = Callable[..., HttpResponseBase]


def telling(view: Page) -> Page:
    """A form with faults answers 422, and labels stand above the fields, not in them: as everywhere else."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        context = getattr(response, "context_data", None) or {}
        forms = [context[name] for name in ("form", "webauthn_form") if context.get(name)]
        for field in [field for form in forms for field in form.fields.values()]:
            field.widget.attrs.pop("placeholder", None)
        if response.status_code == 200 and any(form.errors for form in forms):
            response.status_code = 422
        return response

    return page


def by_link(view: Page) -> Page:
    """Leave for the provider from a page of its own.

    The policy lets forms send to this address only, and browsers hold a redirect after a form to that.
    """

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if response.status_code != 302:
            return response
        return render(request, "socialaccount/leaving.html", {"address": response["Location"]})

    return page


def open_page(view: Any) -> Any:
    return public(telling(view))


def own_page(view: Any) -> Any:
    return signed_in(telling(view))


urlpatterns = [
    path("logga-in/", open_page(account.login), name="account_login"),
    path("logga-ut/", open_page(account.logout), name="account_logout"),
    path("registrera/", open_page(account.signup), name="account_signup"),  # says that one is invited
    path("inaktivt/", open_page(account.account_inactive), name="account_inactive"),
    path("bekrafta/", own_page(account.reauthenticate), name="account_reauthenticate"),
    path("losenord/", own_page(account.password_change), name="account_change_password"),
    path("losenord/valj/", own_page(account.password_set), name="account_set_password"),
    path("losenord/glomt/", open_page(account.password_reset), name="account_reset_password"),
    path(
        "losenord/glomt/skickat/", open_page(account.password_reset_done), name="account_reset_password_done"
    ),
    re_path(
        r"^losenord/nytt/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        open_page(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "losenord/nytt/klart/",
        open_page(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("faktor/", own_page(factors.index), name="mfa_index"),
    path("faktor/logga-in/", open_page(factors.authenticate), name="mfa_authenticate"),
    path("faktor/bekrafta/", own_page(factors.reauthenticate), name="mfa_reauthenticate"),
    path("faktor/app/", own_page(app.activate_totp), name="mfa_activate_totp"),
    path("faktor/app/ta-bort/", own_page(app.deactivate_totp), name="mfa_deactivate_totp"),
    path("faktor/koder/", own_page(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("faktor/koder/nya/", own_page(codes.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("faktor/koder/fil/", own_page(codes.download_recovery_codes), name="mfa_download_recovery_codes"),
    path("faktor/nycklar/", own_page(keys.list_webauthn), name="mfa_list_webauthn"),
    path("faktor/nycklar/ny/", own_page(keys.add_webauthn), name="mfa_add_webauthn"),
    path(
        "faktor/nycklar/bekrafta/", own_page(keys.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"
    ),
    path("faktor/nycklar/logga-in/", open_page(keys.login_webauthn), name="mfa_login_webauthn"),
    path("faktor/nycklar/<int:pk>/ta-bort/", own_page(keys.remove_webauthn), name="mfa_remove_webauthn"),
    path("faktor/nycklar/<int:pk>/namn/", own_page(keys.edit_webauthn), name="mfa_edit_webauthn"),
    path("tjanst/avbruten/", open_page(provider.login_cancelled), name="socialaccount_login_cancelled"),
    path("tjanst/fel/", open_page(provider.login_error), name="socialaccount_login_error"),
    path("tjanst/<str:provider_id>/logga-in/", public(by_link(oidc.login)), name="openid_connect_login"),
    path("tjanst/<str:provider_id>/svar/", open_page(oidc.callback), name="openid_connect_callback"),
]
