"""How allauth behaves here: nobody signs up, accounts come by invitation."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest


class ClosedAccounts(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class InvitedOnly(DefaultSocialAccountAdapter):
    """Sign-in by the organisation's own provider, for those who are invited already."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False
