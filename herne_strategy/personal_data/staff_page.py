"""What is stored about people who work here, and what is not evaluated: for them, Datenschutz and Personalrat."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from herne_strategy.personal_data.kinds import kinds
from herne_strategy.personal_data.not_evaluated import NOT_EVALUATED


@require_safe
def staff_privacy(request: HttpRequest) -> HttpResponse:
    """A page to be read or printed, for everybody who may log in."""
    context = {
        **admin.site.each_context(request),
        "title": _("What is stored about staff"),
        "kinds": [kind for kind in kinds() if kind.is_of_staff],
        "not_evaluated": NOT_EVALUATED,
    }
    return render(request, "herne_strategy/staff_privacy.html", context)
