"""Every kind of personal data that the portal stores, or causes to be stored.

The staff's page, the command that deletes, the delivered privacy page and docs/betrieb/personenbezogene-daten.md say
what is declared here. tests/herne_strategy/personal_data asks of each field of each model whether it is one of these.
"""

from herne_strategy.personal_data.declaration import PersonalData
from herne_strategy.personal_data.of_readers import about_readers, in_texts
from herne_strategy.personal_data.of_staff import about_accounts, about_work, beside_the_database


def kinds() -> tuple[PersonalData, ...]:
    """All of them, with the periods that are set: first those about readers, then those about staff."""
    return (*about_readers(), *in_texts(), *about_accounts(), *about_work(), *beside_the_database())
