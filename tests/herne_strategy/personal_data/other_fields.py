"""Fields that could hold personal data and hold none: each with the reason. A new field is named here, or declared in
herne_strategy/personal_data/kinds.py."""

from collections.abc import Iterator

from django.apps import apps
from django.contrib.auth.models import User
from django.db import models

NOT_PERSONAL = {
    "a name of a thing, of an office or of a kind": """
        council.Body.key council.Body.name council.Body.short_name council.GroupVote.name
        measures.Department.key measures.Department.name measures.District.key measures.District.name
        measures.ReportingRound.title measures.ReportingRound.slug
        reporting.StatusReport.title reporting.StatusReport.slug
        goals.SDG.title goals.SDG.long_title goals.SDG.colour
        strategy.Strategy.city strategy.Strategy.title strategy.Strategy.subtitle strategy.Strategy.edition_title
        strategy.Strategy.edition_slug strategy.Strategy.paper_number strategy.Edition.slug strategy.Edition.title
        strategy.Edition.paper_number strategy.Edition.decided_by strategy.Edition.result
        council.Paper.reference council.Paper.paper_type council.AuxiliaryFile.name
        legal.LegalPage.title auth.Group.name auth.Permission.name auth.Permission.codename
        contenttypes.ContentType.app_label contenttypes.ContentType.model
        strategy.KeptSlug.edition editing.FreezeChoice.choice
    """,
    "organisations, rules and numbers of the strategy": """
        measures.Measure.partners measures.Measure.committees measures.Measure.cost_note measures.Measure.funding
        measures.Measure.target_group measures.Measure.participation_note goals.StrategicGoal.assignment_note
        goals.OperationalGoal.value_name goals.OperationalGoal.unit goals.OperationalGoal.sdg_targets
        goals.OperationalGoal.dns_references goals.OperationalGoal.nhs_nrw_references
        themes.Theme.colour strategy.Strategy.edition_remark strategy.Edition.withheld_reason
        strategy.Edition.redaction_note measures.Milestone.title measures.YearSpending.note
        reporting.StatusReport.withheld_reason
    """,
    "a checksum, a place in the tree, an address of a file": """
        strategy.Node.path strategy.Node.loaded_digest strategy.Edition.digest strategy.EditionContent.digest
        council.AuxiliaryFile.sha256 council.Paper.url strategy.SentForm.digest strategy.PublicState.revision
        reporting.StatusReport.digest
        strategy.RedactedEdition.digest_before strategy.RedactedEdition.digest_after
        strategy.RedactedEdition.files_before strategy.RedactionPassage.source strategy.RedactionPassage.field
    """,
    "the portal's own access to the directory; kept in the environment, this table stays empty": """
        socialaccount.SocialApp.provider socialaccount.SocialApp.provider_id socialaccount.SocialApp.name
        socialaccount.SocialApp.client_id socialaccount.SocialApp.secret socialaccount.SocialApp.key
        socialaccount.SocialApp.settings
    """,
    "which directory it is": "socialaccount.SocialAccount.provider",
    "a day on which something is decided, reported or in force, not by whom": """
        council.Paper.public_from council.Paper.dated_on council.Paper.withdrawn_on
        measures.Progress.reported_on measures.Department.valid_from legal.LegalPage.changed_on
        measures.Progress.next_step_month measures.ReportingRound.key_on measures.ReportingRound.due_on
        strategy.KeptSlug.frozen_at strategy.Edition.decided_on strategy.Edition.withheld_on
        council.Body.ended_on measures.Milestone.due_on measures.Milestone.done_on reporting.StatusReport.withheld_on
    """,
}
TEXTS = (
    models.CharField,
    models.TextField,
    models.JSONField,
    models.BinaryField,
    models.GenericIPAddressField,
    models.FileField,
)


def fields_in_question() -> set[str]:
    """Every field that could say something about a person: free text, an account, and when somebody did something."""
    return {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        if not model._meta.proxy
        for field in fields_of(model)
    }


def fields_of(model: type[models.Model]) -> Iterator[models.Field]:
    """Those of one model, that it does not share with another."""
    own = [*model._meta.local_fields, *model._meta.local_many_to_many]
    is_about_people = any(_is_text(field) or field.related_model is User for field in own)
    for field in own:
        is_time = is_about_people and isinstance(field, models.DateField)
        is_account = field.related_model is User or (model is User and field.many_to_many)
        if _is_text(field) or is_account or is_time:
            yield field


def _is_text(field: models.Field) -> bool:
    return isinstance(field, TEXTS) and not field.choices
