"""Two clerks lay the same paper before the council at the same moment, each on a connection of their own."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from council import actions
from council.auxiliary_files import AuxiliaryFile
from council.papers import Paper
from strategy.editions.models import Edition
from tests.council.council_steps import paper_for

# SQLite has one writer at a time; what comes first and what second is in test_submitted_files.py.
pytestmark = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="several writers at once")


def test_one_submits_and_the_other_is_told(unprotected: None, edition: Edition):
    paper, start, said = paper_for(edition), threading.Barrier(2), []

    def clerk() -> None:
        start.wait()
        try:
            said.append(actions.submit(Paper.objects.get(pk=paper.pk)).state)
        except ValidationError as error:
            said.extend(error.messages)
        finally:
            connection.close()

    clerks = [threading.Thread(target=clerk) for _ in range(2)]
    for each in clerks:
        each.start()
    for each in clerks:
        each.join()

    assert sorted(said) == ["consultation", "„Entwurf“ ist kein Arbeitsstand mehr, sondern: in Beratung."]
    assert sorted(AuxiliaryFile.objects.values_list("form", flat=True)) == ["kurzfassung", "langfassung"]
