"""What people fill in about people, parties and themselves."""

from typing import Any

from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from samsyn.core.forms import Form
from samsyn.parties.models import Organisation, Title
from samsyn.parties.municipalities import Municipality, find

KEY_FILE_MAX_BYTES = 100_000


def password_field(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        strip=False,
        help_text=_("At least 12 characters. Four ordinary words are easy to remember and hard to guess."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}, render_value=False),
    )


def titled(titles: list[Title]) -> list[tuple[str, Any]]:
    return [(title.value, capfirst(title.label)) for title in titles]


class InviteForm(Form):
    email = forms.EmailField(
        label=_("E-mail"), help_text=_("The person's own address at work. The link works for one person.")
    )
    title = forms.ChoiceField(label=_("Title"))
    language = forms.ChoiceField(label=_("Language of the mail"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, titles: list[Title], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].choices = titled(titles)  # type: ignore[attr-defined]


class EndForm(Form):
    last_day = forms.DateField(
        label=_("Last day"),
        help_text=_("A day before today ends the title at once."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class AcceptForm(Form):
    name = forms.CharField(
        label=_("Your name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    password = password_field(_("Choose a password"))


class AccountForm(Form):
    name = forms.CharField(
        label=_("Your name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)


class KeyFileForm(Form):
    file = forms.FileField(label=_("Recovery file"), widget=forms.FileInput(attrs={"accept": ".txt"}))

    def content(self) -> str:
        """The text of the file; what cannot be text is no recovery file either."""
        return str(self.cleaned_data["file"].read(KEY_FILE_MAX_BYTES).decode("utf-8", errors="replace"))


class AdministratorForm(Form):
    """Who runs an installation that is being set up. Its link works once."""

    is_sent_once = False

    name = forms.CharField(
        label=_("Your name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("Your e-mail"), widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
    password = password_field(_("Choose a password"))

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        validate_password(password)
        return password


class PartiesForm(Form):
    """Who cooperates."""

    is_sent_once = False

    municipality = forms.CharField(
        label=_("Municipality"),
        help_text=_("Its name or its code, for example Umeå or 2480."),
        widget=forms.TextInput(attrs={"list": "municipalities", "autocomplete": "off"}),
    )
    police_name = forms.CharField(
        label=_("Local police area"),
        max_length=200,
        help_text=_("Its full name, as the police write it: Lokalpolisområde Umeå."),
    )
    deciding_body = forms.CharField(
        label=_("Deciding body"),
        max_length=120,
        initial="Kommunstyrelsen",
        help_text=_("The municipal body that adopts the shared picture."),
    )
    slug = forms.CharField(
        label=_("Web address"),
        max_length=60,
        required=False,
        help_text=_("Stands in all addresses. Left empty it becomes the name of the municipality."),
    )

    def clean_municipality(self) -> Municipality:
        found = find(self.cleaned_data["municipality"])
        if found is None:
            raise forms.ValidationError(
                _("There is no municipality of this name or code. Check the spelling.")
            )
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("slug") and (municipality := cleaned.get("municipality")):
            cleaned["slug"] = municipality.address
        return cleaned


class FirstInvitationsForm(Form):
    """The first one of each party, who invites the others."""

    is_sent_once = False

    municipality_email = forms.EmailField(
        label=_("E-mail of the first one of the municipality"), required=False
    )
    municipality_title = forms.ChoiceField(label=_("Title at the municipality"))
    police_email = forms.EmailField(label=_("E-mail of the first one of the police"), required=False)
    police_title = forms.ChoiceField(label=_("Title at the police"), initial=Title.AREA_CHIEF)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = Organisation.Kind
        for name, kind in (
            ("municipality_title", kinds.MUNICIPALITY),
            ("police_title", kinds.LOCAL_POLICE_AREA),
        ):
            self.fields[name].choices = titled(Organisation(kind=kind).titles)  # type: ignore[attr-defined]


class NamedKeyForm(AddWebAuthnForm):
    """allauth's form with a label that can be translated."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the key")
        self.fields["passwordless"].label = _("Sign in with this key alone, without a password")
        self.fields["passwordless"].help_text = _("The device then asks for your PIN, finger or face.")


class RenameKeyForm(EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the key")
