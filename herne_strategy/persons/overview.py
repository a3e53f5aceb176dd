"""What the page of all persons says of each. Never what somebody has done, or how much."""

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.staff_area import PUBLISH
from editing.models import Responsibility
from herne_strategy.roles import ROLES, Role
from strategy.german_order import GermanOrder
from strategy.people import name_of

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@dataclass(frozen=True)
class Person:
    """Somebody with an account."""

    user: User
    roles: tuple[Role, ...]
    responsibility: Responsibility | None
    has_second_factor: bool

    @property
    def name(self) -> str:
        """The full name, the account's where none is known."""
        return name_of(self.user)

    @property
    def role_names(self) -> list[str]:
        """What they are here; an administrator is one beside every role."""
        names = [role.name for role in self.roles]
        return [_("administrator"), *names] if self.user.is_superuser else names

    @property
    def themes(self) -> list[str]:
        """The titles of their themes."""
        return [str(each) for each in self.responsibility.themes.all()] if self.responsibility else []

    @property
    def departments(self) -> list[str]:
        """The names of their departments."""
        return [str(each) for each in self.responsibility.departments.all()] if self.responsibility else []

    @property
    def substitute(self) -> User | None:
        """Who stands in for them today."""
        return self.responsibility.substitute_today if self.responsibility else None

    @property
    def lacks_second_factor(self) -> bool:
        """Whether they need one and have none: until they have, they change nothing."""
        return settings.SECOND_FACTOR_REQUIRED and not self.has_second_factor and self._needs_one

    @property
    def _needs_one(self) -> bool:
        """As accounts.staff_area.needs_second_factor, without a query."""
        return self.user.is_superuser or any(
            role.name in settings.SECOND_FACTOR_ROLES or PUBLISH in role.permissions for role in self.roles
        )

    @property
    def is_invited(self) -> bool:
        """Whether they have a link to choose a password, and have never logged in."""
        return self.user.is_active and self.user.last_login is None and self.user.has_usable_password()


def everybody() -> list[Person]:
    """Active persons by name, then those who are locked. A fixed number of queries."""
    users = User.objects.prefetch_related(
        "groups",
        "responsibility__themes",
        "responsibility__departments",
        "responsibility__substitute",
    ).order_by("-is_active", GermanOrder("last_name"), GermanOrder("username"), "pk")
    with_factor = set(Authenticator.objects.filter(type__in=FACTORS).values_list("user_id", flat=True))
    return [_person(user, user.pk in with_factor) for user in users.select_related("responsibility")]


def one(user: User) -> Person:
    """This person."""
    return _person(user, Authenticator.objects.filter(user=user, type__in=FACTORS).exists())


def _person(user: User, has_second_factor: bool) -> Person:
    names = {group.name for group in user.groups.all()}
    roles = tuple(role for role in ROLES if role.name in names)
    return Person(user, roles, getattr(user, "responsibility", None), has_second_factor)


def today_substituted(user: User) -> list[User]:
    """For whom this person stands in today."""
    standing_in = Responsibility.objects.substituted_by(user, on=timezone.localdate()).select_related("user")
    return [each.user for each in standing_in]
