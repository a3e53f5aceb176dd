"""docs/betrieb/sicherheit.md tells the limits that the program has."""

import pytest
from allauth.account import app_settings as allauth
from django.conf import settings

from council import pdf_check
from editing.bulk import bulk_page
from editing.tables import plan, reading, sheet
from editing.tables.xlsx import package
from editing.tables.xlsx.reading import MAX_COLUMNS
from editing.tree import agree_actions
from legal import barrier_actions
from printing.pdf import making
from strategy.text.rules import MAX_LENGTH

pytestmark = pytest.mark.once

MEGABYTE = 2**20


def german(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def test_limits_that_are_told_are_those_of_the_program() -> None:
    told = (settings.BASE_DIR / "docs" / "betrieb" / "sicherheit.md").read_text()

    assert [each for each in (*of_accounts(), *of_readers(), *of_editors()) if each not in told] == []


def of_accounts() -> list[str]:
    by_network, by_account = allauth.RATE_LIMITS["login_failed"].split(",")
    links_by_network, links_by_address = allauth.RATE_LIMITS["reset_password"].split(",")
    count, period, _key = by_account.split("/")
    days = {3: "drei"}[settings.PASSWORD_RESET_TIMEOUT // 86_400]
    return [
        f"{count} in {int(period.removesuffix('s')) // 60} Minuten je Konto",
        f"{by_network.removesuffix('/m/ip')} in der Minute je Netzwerkadresse",
        f"{links_by_address.removesuffix('/h/key')} in der Stunde je E-Mail-Adresse",
        f"{links_by_network.removesuffix('/m/ip')} in der Minute je Netzwerkadresse; ein Link gilt {days} Tage",
    ]


def of_readers() -> list[str]:
    reports = f"{barrier_actions.PER_CLIENT} in der Stunde je Netzwerkadresse (IPv6: je /64)"
    waiting = making.WAITING._initial_value
    return [
        f"{reports}, {barrier_actions.IN_ALL} insgesamt",
        f"{making.TIME_LIMIT // 60} Minuten, {making.MEMORY // 1024**3} GB Speicher; {waiting} Wartende",
    ]


def of_editors() -> list[str]:
    form = f"{settings.DATA_UPLOAD_MAX_MEMORY_SIZE / MEGABYTE:.1f}".replace(".", ",")
    return [
        f"{german(MAX_LENGTH)} Zeichen · {form} MB und {german(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS)} Felder",
        f"{reading.MAX_BYTES // MEGABYTE} MB, entpackt {package.MAX_UNPACKED // MEGABYTE} MB",
        f"{german(package.MAX_PARTS)} Teile, {german(sheet.MAX_ROWS)} Zeilen, {MAX_COLUMNS} Spalten",
        f"{plan.MAX_CHANGES} Änderungen in einem Zug",
        f"{pdf_check.MAX_BYTES // MEGABYTE} MB, ein vollständiges PDF",
        f"{german(agree_actions.AT_ONCE)} Knoten · {bulk_page.AT_ONCE} Maßnahmen in einem Zug",
    ]
