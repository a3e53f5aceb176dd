"""Writing how a measure is carried out. It is public at once."""

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db import models, transaction

from measures.execution import Execution
from measures.progress import Progress
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
    """Write it with these milestones and years. Whoever may report on the measure may."""
    require_permission(by, "measures.change_progress", Progress(uid=execution.uid))
    write(save=[execution, *save], delete=delete)
    return execution
