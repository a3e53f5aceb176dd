"""What migrations do with data that is there."""

import importlib

import pytest
from django.apps import apps
from django.utils import timezone

from strategy.tree.models import Node
from tests.strategy.outline import plant, saved

pytestmark = pytest.mark.django_db


def test_nodes_from_before_review_states_are_agreed_and_later_drafts_stay_drafts():
    migration = importlib.import_module("strategy.migrations.0003_existing_nodes_are_agreed")
    plant("theme Alt\ntheme Neu")
    Node.objects.filter(title="Neu").update(reviewed_at=timezone.now())

    migration.agree(apps, None)

    assert {title: node.review for title, node in saved().items()} == {"Alt": "agreed", "Neu": "draft"}
