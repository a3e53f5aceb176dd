"""The forms of people in the admin: who they are, and their roles."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.forms import UsernameField
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.utils.crypto import get_random_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from herne_strategy.roles import ROLES
from strategy.german_order import GermanOrder
from strategy.validators import CleanTextField

SAYS = {role.name: role.says for role in ROLES}


def has_directory() -> bool:
    """Whether people may log in through the city's directory."""
    return bool(settings.OIDC["OIDC_URL"])


class RolesField(forms.ModelMultipleChoiceField):
    """Ticks for the roles, each with what it is for."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Group.objects.filter(name__in=SAYS).order_by(GermanOrder("name")), **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name}: {SAYS[obj.name]}"


class PersonForm(forms.ModelForm):
    """A person and their roles. `by` is who fills it in. Groups that are no role stay as they are."""

    by: User
    groups = RolesField(label=_("roles"), required=False)

    class Meta:
        model = User
        fields = "__all__"  # noqa: DJ007  # the admin names those of each person who fills it in
        field_classes = {"username": UsernameField}
        labels = {"is_active": _("may log in")}
        help_texts = {
            "username": _("Needed for logging in with a password. Letters, digits and @ . + - _"),
            "is_active": _(
                "Take this tick away when somebody leaves: they are out at once, and their name stays in the history."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "email" not in self.fields:
            return  # only to be looked at
        self.fields["email"].required = True
        if self.instance.pk and self.instance.pk == self.by.pk:
            self.fields["is_active"].disabled = True
            self.fields["is_active"].help_text = _("You cannot lock yourself out.")

    def clean_email(self) -> str:
        """An address names one person: the password's link and the directory go by it."""
        email: str = self.cleaned_data["email"]
        if User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise ValidationError(gettext("Somebody else has this e-mail address already."))
        return email

    def clean_groups(self) -> list[Group]:
        """The chosen roles, and the groups that are no role: the form does not show these."""
        others = self.instance.groups.exclude(name__in=SAYS) if self.instance.pk else []
        return [*self.cleaned_data["groups"], *others]


class NewPersonForm(PersonForm):
    """Somebody new. Nobody else knows their password: they choose it by a link, or have none."""

    PASSWORD, DIRECTORY = "password", "directory"
    login = forms.ChoiceField(
        label=_("logs in"),
        widget=forms.RadioSelect,
        initial=PASSWORD,
        choices=[
            (PASSWORD, _("with a password: a mail with a link to choose it goes to the address above")),
            (DIRECTORY, _("through the city's directory alone")),
        ],
    )

    message = CleanTextField(
        label=_("your message"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Stands in the mail with the link: what it is about, whom to ask. Not in one to the directory."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].disabled = not has_directory()

    def save(self, commit: bool = True) -> User:
        """With a password that nobody knows: whoever has none cannot ask for the link."""
        if self.cleaned_data["login"] == self.PASSWORD:
            self.instance.set_password(get_random_string(60))
        else:
            self.instance.set_unusable_password()
        user: User = super().save(commit)
        return user
