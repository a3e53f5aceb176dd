"""The start page at a glance: one line a subject, and whether something is missing."""

from collections import Counter
from dataclasses import dataclass

from procurement import accessibility
from procurement.asvs import Requirement, counts
from procurement.components import Component
from procurement.criteria import MET, NOT_YET, PARTLY, Criterion
from procurement.release import Release


@dataclass(frozen=True)
class Fact:
    """One line of the start page. `is_gap`: something is missing."""

    name: str
    text: str
    is_gap: bool = False


def of_licences(parts: list[Component]) -> Fact:
    """Every licence was checked, or there would be no folder."""
    within = sum(bool(each.within) for each in parts)
    return Fact(
        "Lizenzen",
        f"EUPL 1.2; {len(parts) - within} Pakete und {within} Bestandteile darin, alle mit ihr verträglich",
    )


def of_criteria(rows: list[Criterion]) -> Fact:
    """How many of the criteria are met."""
    by_state = Counter(each.state for each in rows)
    return Fact(
        "Anforderungen", f"{by_state[MET]} erfüllt, {by_state[PARTLY]} teils, {by_state[NOT_YET]} noch nicht"
    )


def of_accessibility(run: accessibility.Run, release: Release) -> Fact:
    """A result counts only where the run is complete, of this version, and without a barrier."""
    if not run.on:
        return Fact("Barrierefreiheit", "noch kein Testlauf auf diesem Rechner: „make test“", is_gap=True)
    found = f"{len(run.checked)} Seiten in {run.looks} Ansichten geprüft, {len(run.violations) or 'keine'} Verstöße"
    is_good = run.has_passed is True and run.version == release.version and not run.violations
    return Fact("Barrierefreiheit", found if is_good else f"{found}; siehe Bericht", is_gap=not is_good)


def of_asvs(found: list[Requirement]) -> Fact:
    """How many requirements are in each state."""
    if not found:
        return Fact("Sicherheit", "Tabelle zu OWASP ASVS 5.0: noch nicht", is_gap=True)
    states = ", ".join(f"{sum(numbers.values())} {state}" for state, numbers in counts(found))
    return Fact("Sicherheit", f"OWASP ASVS 5.0, Stufen 1 und 2: {states}")
