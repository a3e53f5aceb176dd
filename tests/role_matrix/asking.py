"""What a row of the matrix is made of: a sentence, the requests that stand for it, and which roles may."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from herne_strategy.roles import (
    BODIES,
    COORDINATION,
    DELEGATES,
    DEPARTMENT,
    READERS,
    ROLES,
    STEERING,
    THEME_EDITORS,
)

NO_ROLE = "ohne Rolle"
ROLE_NAMES = tuple(role.name for role in ROLES)

ALL = frozenset(ROLE_NAMES)
STAFF = ALL | {NO_ROLE}
EDITORS = frozenset({COORDINATION, STEERING})
WRITERS = ALL - {BODIES, READERS}
PROPOSERS = frozenset({DELEGATES, THEME_EDITORS, DEPARTMENT})
AGREEING = EDITORS | {DELEGATES}
RUNNERS = frozenset({COORDINATION})
NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Ask:
    """A request. `{measure}` and the like, in its address and data, stand for an object.

    `status` is that of the answer when it is allowed, `refusals` are those when it is not (403; 200 for a form that
    comes back). `writes` names a model of which a row is written when it is allowed; a refused request writes none.
    """

    address: str
    args: tuple[str, ...] = ()
    query: str = ""
    data: Mapping[str, Any] | None = None
    writes: str = ""
    status: int = 200
    refusals: tuple[int, ...] = (403,)

    @property
    def is_post(self) -> bool:
        return self.data is not None

    def url(self, objects: Mapping[str, Any]) -> str:
        """The address for these objects. One that begins with a slash is taken as it is."""
        if self.address.startswith("/"):
            return self.address.format_map(objects)
        found = reverse(self.address, args=[arg.format_map(objects) for arg in self.args])
        return found + self.query.format_map(objects)

    def filled_in(self, objects: Mapping[str, Any]) -> dict[str, Any]:
        """The form's data for these objects."""
        return {name.format_map(objects): _value(value, objects) for name, value in (self.data or {}).items()}


def _value(value: str, objects: Mapping[str, Any]) -> Any:
    """What a placeholder stands for: a file is made anew for each request."""
    made = objects.get(value.strip("{}"))
    return made() if callable(made) else value.format_map(objects)


@dataclass(frozen=True)
class Row:
    """What can be done, and who may: `may` everywhere, `own` only with what they are responsible for.

    What no role may is for administrators (superusers) alone; where `never` is set not even for them.
    """

    says: str
    asks: tuple[Ask, ...]
    may: frozenset[str] = NOBODY
    own: frozenset[str] = field(default=NOBODY)
    never: bool = False

    def mark(self, role: str) -> str:
        """The cell of the table."""
        return "✓" if role in self.may else "nur eigene" if role in self.own else "–"


def get(address: str, *args: str, query: str = "", status: int = 200, refusals: tuple = (403,)) -> Ask:
    """Open a page."""
    return Ask(address, args, query=query, status=status, refusals=refusals)


def post(
    address: str,
    *args: str,
    writes: str = "",
    status: int = 302,
    refusals: tuple[int, ...] = (403,),
    **data: str,
) -> Ask:
    """Send a form. `__` in a name stands for a hyphen."""
    named = {name.replace("__", "-"): value for name, value in data.items()}
    return Ask(address, args, data=named, writes=writes, status=status, refusals=refusals)


def in_admin(model: str, key: str, *pages: str) -> tuple[Ask, ...]:
    """Pages of a model's admin: `model` as in "measures_measure", the object's placeholder, "changelist" and so on."""
    return tuple(
        get(f"admin:{model}_{page}", *([] if page in ("changelist", "add") else [key])) for page in pages
    )


def delete_selected(model: str, key: str, writes: str) -> Ask:
    """The action of a list. Where it is not offered, Django shows the list again."""
    return post(
        f"admin:{model}_changelist",
        action="delete_selected",
        _selected_action=key,
        post="yes",
        writes=writes,
        refusals=(403, 200),
    )
