"""What the council's migrations make of data that is there."""

from pathlib import Path

import pytest

from tests.council.consultations_migrated import BEFORE
from tests.strategy.own_database import own_database, report_of


@pytest.mark.django_db
def test_consultations_keep_body_role_and_result(tmp_path: Path) -> None:
    with own_database(tmp_path) as url:
        report = report_of("tests.council.consultations_migrated", url)

    assert report["bodies"] == [
        ["Ausschuss für Umweltschutz", "committee", ""],
        ["Bezirksvertretung Wanne", "district_council", "Wanne"],
        ["Rat der Stadt", "council", ""],
    ]
    assert report["consultations"] == [
        ["Ausschuss für Umweltschutz", "", "approved"],
        ["Bezirksvertretung Wanne", "", "noted"],
        ["Rat der Stadt", "decision", "amended"],
        ["Rat der Stadt", "", ""],
    ]
    assert report["wordings"] == ["mit Maßgaben beschlossen"]
    # Only a result that is none of the list does not come back: it stands in the resolution, which goes.
    assert report["back"] == [*map(list, BEFORE[:3]), ["Rat der Stadt", "2021-11-05", "", False]]
