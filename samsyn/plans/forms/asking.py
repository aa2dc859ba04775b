from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from samsyn.core.forms import Form


class AskForm(Form):
    email = forms.EmailField(
        label=_("E-mail"), help_text=_("Of the person who knows how it goes. No account is needed.")
    )
    manager_email = forms.EmailField(
        label=_("The manager's e-mail"),
        required=False,
        help_text=_("Asked too when two weeks have passed without an answer."),
    )
    language = forms.ChoiceField(label=_("Language of the mail"), choices=settings.LANGUAGES)
