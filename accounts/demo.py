"""The ready-made login of `make run`. It works in demonstration mode only (setting DEMO), and only at this machine."""

import logging
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User
from django.http import HttpRequest

from strategy.network_address import is_from_this_machine

logger = logging.getLogger(__name__)

NAME = PASSWORD = "redaktion"  # noqa: S105


class DemoBackend(ModelBackend):
    """Lets the demonstration's editor in. The account has no usable password: without DEMO nobody can use it."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> User | None:
        if (username, password) != (NAME, PASSWORD):
            return None
        if request is None or not is_from_this_machine(request):
            logger.warning("The demonstration's login works only at this machine, without a proxy.")
            return None
        user, is_new = User.objects.get_or_create(
            username=NAME, defaults={"is_staff": True, "is_superuser": True}
        )
        if is_new:
            user.set_unusable_password()
            user.save()
        return user
