"""How allauth behaves here: nobody signs up, accounts come by invitation."""

from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.encoding import force_bytes
from django.utils.translation import gettext_lazy as _

from samsyn.core.limits import client_ip
from samsyn.parties.models import Invitation, User


class ClosedAccounts(DefaultAccountAdapter):
    """Sign-in for invited people. Mails link to the configured address only, in the reader's language."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("The address and the password do not go together. Try again."),
        "too_many_login_attempts": _("That was many tries. Wait five minutes, then try again."),
        "incorrect_password": _("The password is not right. Try again."),
        "incorrect_code": _("The code is not right. It changes every 30 seconds; try the newest one."),
        "enter_current_password": _("Write the password that you have now."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_ip(request)

    def get_reset_password_from_key_url(self, key: str) -> str:
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.ORIGIN + path.replace("UID-KEY", key)

    def format_email_subject(self, subject: str) -> str:
        return subject

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        reader = context.get("user")
        language = reader.language if isinstance(reader, User) else translation.get_language()
        with translation.override(language):
            super().send_mail(template_prefix, email, context | {"origin": settings.ORIGIN})


class InvitedOnly(DefaultSocialAccountAdapter):
    """Sign-in by the organisation's own provider, for those who have an account or wait for one.

    Matched by the address that the provider says it has verified, and by nothing else.
    """

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        if not sociallogin.is_existing and (address := _verified_address(sociallogin)):
            user = User.objects.filter(email=address, is_active=True).first()
            if user is not None:
                sociallogin.connect(request, user)

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        address = _verified_address(sociallogin)
        return bool(address) and Invitation.objects.waiting().filter(email=address).exists()

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> User:
        user = cast(User, super().populate_user(request, sociallogin, data))
        user.name = str(data.get("name") or "")[:150]
        return user


def _verified_address(sociallogin: Any) -> str:
    return next((one.email.lower() for one in sociallogin.email_addresses if one.verified), "")


class SealedFactors(DefaultMFAAdapter):
    """Secrets of second factors are kept sealed with the installation's key: a dump does not hold them."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": ClosedAccounts.error_messages["incorrect_code"]
    }

    def encrypt(self, text: str) -> str:
        return _seal().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _seal().decrypt(encrypted_text.encode()).decode()

    def get_totp_issuer(self) -> str:
        return "Samsyn"


def _seal() -> MultiFernet:
    keys = [force_bytes(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    return MultiFernet(
        [Fernet(urlsafe_b64encode(sha256(b"samsyn second factor" + key).digest())) for key in keys]
    )
