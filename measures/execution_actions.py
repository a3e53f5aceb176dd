"""Writing how a measure is carried out. It is public at once."""

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from measures.execution import Execution
from measures.progress import Progress
from strategy.editions.models import PublicState
from strategy.editions.public_rows import write
from strategy.people import require_permission


@transaction.atomic
def keep_execution(
    execution: Execution,
    *,
    save: Iterable[models.Model] = (),
    delete: Iterable[models.Model] = (),
    by: User | None,
) -> Execution:
    """Write it with these milestones and years. Whoever may report on the measure may.

    ValidationError where it is new, and somebody else has just been quicker.
    """
    require_permission(by, "measures.change_progress", Progress(uid=execution.uid))
    PublicState.objects.locked()
    if execution._state.adding and Execution.objects.filter(uid=execution.uid).exists():
        raise ValidationError(_("Somebody else has saved here meanwhile. Please send the form again."))
    write(save=[execution, *save], delete=delete)
    return execution
