"""The roles of those who work on the strategy: what each may do. Groups are made from this, and docs/rollen.md."""

from dataclasses import dataclass

COORDINATION = "Koordinationsstelle"
STEERING = "Steuerungsgruppe"
DELEGATES = "Delegierte"
THEME_EDITORS = "Themenfeld-Redaktion"
DEPARTMENT = "Fachbereich"
BODIES = "Gremienbüro"
READERS = "Lesen"

READ = (
    "strategy.view_node",
    "strategy.view_edition",
    "strategy.view_historyrecord",
    "strategy.view_strategy",
    "editing.view_proposal",
    "editing.view_remark",
)
WRITE_REMARKS = ("editing.add_remark",)
EDIT = (
    "strategy.add_node",
    "strategy.change_node",
    "strategy.delete_node",
    "strategy.agree_node",
    "strategy.correct_node",
    "strategy.change_strategy",
    "editing.change_proposal",
)
DATA = (
    "measures.view_department",
    "measures.view_district",
    "measures.view_progress",
    "goals.view_sdg",
)
COUNCIL = tuple(
    f"council.{does}_{what}"
    for what in ("body", "paper", "consultation", "papermeasure", "resolution", "groupvote")
    for does in ("view", "add", "change", "delete")
)
KEEP_DATA = (
    *(f"measures.{does}_department" for does in ("add", "change", "delete")),
    *(f"measures.{does}_district" for does in ("add", "change", "delete")),
    *(f"measures.{does}_progress" for does in ("add", "change", "delete")),
    "goals.change_sdg",
)
SEE_ROUNDS = ("measures.view_reportinground",)
KEEP_ROUNDS = ("measures.add_reportinground", "measures.change_reportinground")
PUBLISH = ("strategy.freeze_edition", "strategy.publish_edition", "strategy.redact_edition")
RUN = (
    "legal.add_legalpage",
    "legal.view_legalpage",
    "legal.change_legalpage",
    "legal.view_barrierreport",
    "legal.change_barrierreport",
    "legal.delete_barrierreport",
    "auth.view_user",
    "auth.add_user",
    "auth.change_user",
    "editing.view_responsibility",
    "editing.add_responsibility",
    "editing.change_responsibility",
    "editing.delete_responsibility",
)


@dataclass(frozen=True)
class Role:
    """A role: its name as a group, what it is for in a German sentence, and its permissions."""

    name: str
    says: str
    permissions: tuple[str, ...]

    @property
    def writes(self) -> bool:
        """Whether it may do more than look: change the strategy, or what is public at once."""
        return any(not permission.partition(".")[2].startswith("view_") for permission in self.permissions)


ROLES = (
    Role(
        COORDINATION,
        "Darf alles: bearbeiten, abstimmen, einfrieren, veröffentlichen, Personen und Rollen verwalten.",
        (
            *READ,
            *WRITE_REMARKS,
            *EDIT,
            *DATA,
            *KEEP_DATA,
            *SEE_ROUNDS,
            *KEEP_ROUNDS,
            *COUNCIL,
            *PUBLISH,
            *RUN,
        ),
    ),
    Role(
        STEERING,
        "Bearbeitet den ganzen Baum, entscheidet über Vorschläge, stimmt ab; veröffentlicht nicht.",
        (*READ, *WRITE_REMARKS, *EDIT, *DATA, *SEE_ROUNDS),
    ),
    Role(
        DELEGATES,
        "Kommentieren, schlagen Änderungen vor und stimmen ab, ohne selbst zu ändern oder zu löschen; für Kirchen, "
        "Verbände und andere in der Steuerungsgruppe.",
        (*READ, *WRITE_REMARKS, *DATA, "strategy.agree_node", "strategy.propose_change"),
    ),
    Role(
        THEME_EDITORS,
        "Bearbeitet die Themenfelder, die ihr zugewiesen sind; schlägt für alles andere Änderungen vor.",
        (*READ, *WRITE_REMARKS, *DATA, "strategy.change_node_in_theme", "strategy.propose_change"),
    ),
    Role(
        DEPARTMENT,
        "Schlägt Änderungen vor und meldet den Umsetzungsstand der Maßnahmen, die der Fachbereich federführt.",
        (*READ, *WRITE_REMARKS, *DATA, "measures.report_progress", "strategy.propose_change"),
    ),
    Role(
        BODIES,
        "Pflegt Gremien, Vorlagen, Beratungsfolgen und Beschlüsse.",
        (*READ, *COUNCIL),
    ),
    Role(
        READERS,
        "Liest Arbeitsstand, Vorschau und Verlauf.",
        READ,
    ),
)
