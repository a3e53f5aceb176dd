"""What in a Document serves which of the seventeen SDGs."""

from strategy.document.document import Document, Entry


def serving(document: Document) -> dict[int, list[Entry]]:
    """For each SDG the goals and measures that name it, or one of its sub-targets, in document order."""
    served: dict[int, list[Entry]] = {sdg["number"]: [] for sdg in document.meta["sdgs"]}
    for entry in document.by_uid.values():
        for number in sorted(_numbers(entry)):
            if number in served:
                served[number].append(entry)
    return served


def _numbers(entry: Entry) -> set[int]:
    named = {sdg["key"] for sdg in entry.values.get("sdgs") or []}
    targets = entry.values.get("sdg_targets") or []
    return named | {int(str(target).split(".")[0]) for target in targets}
