"""What comes with the portal, by the lock file and the packages, and whether each licence allows it."""

from importlib.metadata import PackagePath, distribution
from pathlib import Path

import pytest
from django.conf import settings

from procurement import components as module
from procurement import licences
from procurement.components import Component, Missing, components, locked

pytestmark = pytest.mark.once

LOCK = settings.BASE_DIR / "requirements" / "run.txt"
# The libraries in a folder of psycopg's, by the component that they are of.
LIBRARIES = {
    "krb5": ("libgssapi_krb5", "libk5crypto", "libkrb5", "libkrb5support"),
    "keyutils-libs": ("libkeyutils",),
    "libcom_err": ("libcom_err",),
    "libcrypt": ("libcrypt",),
    "libpq": ("libpq",),
    "cyrus-sasl-lib": ("libsasl2",),
    "openldap": ("liblber", "libldap"),
    "openssl": ("libcrypto", "libssl"),
}


def lock(folder: Path, *lines: str) -> Path:
    path = folder / "lock.txt"
    path.write_text("\n".join(lines))
    return path


def test_lock_file_is_read_with_hashes_and_who_needs_what(tmp_path: Path):
    path = lock(
        tmp_path,
        "# made by pip-compile",
        "django==5.2.19 \\",
        f"    --hash=sha256:{'a' * 64} \\",
        f"    --hash=sha256:{'b' * 64}",
        "    # via",
        "    #   herne-strategy (pyproject.toml)",
        "    #   django-csp",
        'psycopg[binary,pool]==3.3.9 ; sys_platform == "win32" \\',
        f"    --hash=sha256:{'c' * 64}",
        "    # via herne-strategy (pyproject.toml)",
    )

    django, psycopg = locked(path)

    assert (django.name, django.version, django.via) == ("django", "5.2.19", ("herne-strategy", "django-csp"))
    assert django.hashes == ("a" * 64, "b" * 64)
    assert (psycopg.name, psycopg.version, psycopg.is_for_this_machine) == ("psycopg", "3.3.9", False)


def test_every_locked_package_is_a_component(parts: list[Component]):
    expected = {(each.name, each.version) for each in locked(LOCK) if each.is_for_this_machine}

    assert {(each.name, each.version) for each in parts if not each.within} == expected
    assert all(each.hashes and each.via for each in parts if not each.within)


def test_packages_for_tests_are_no_components(parts: list[Component]):
    """What only tests need is not on a city's machine."""
    assert {"pytest", "hypothesis", "cyclonedx-bom", "reuse"} & {each.name for each in parts} == set()


def test_everything_that_comes_with_the_portal_may(parts: list[Component]):
    assert [each for each in parts if not licences.why_allowed(each.licence)] == []
    assert {each.licence for each in parts if each.name == "psycopg"} == {"LGPL-3.0-only"}


def test_typst_names_what_it_is_built_of(parts: list[Component]):
    crates = [each for each in parts if each.within == "typst"]

    assert len(crates) > 200
    assert all(each.purl.startswith("pkg:cargo/") and each.version for each in crates)


def test_files_that_packages_carry_are_all_named(parts: list[Component]):
    """Libraries and scripts of others in a package's files, which its metadata does not tell."""
    named = {each.name for each in parts if each.within == "psycopg-binary"}
    known = {library for name in named for library in LIBRARIES[name]}
    libraries = {
        file.name.partition("-")[0] for file in files("psycopg-binary") if ".libs" in str(file.parent)
    }
    paths = [file.as_posix() for file in files("django")]
    scripts = {path.partition("/js/vendor/")[2].partition("/")[0] for path in paths if "/js/vendor/" in path}

    assert libraries == known
    assert scripts == {each.name for each in parts if each.within == "django"}


def test_versions_of_carried_files_are_found(parts: list[Component]):
    versions = {each.name: each.version for each in parts if each.within in ("django", "psycopg-binary")}

    assert all(versions[name] for name in ("jquery", "select2", "xregexp", "openssl", "krb5", "libpq"))


def test_what_is_stated_by_hand_is_needed(parts: list[Component]):
    """Each package is there, and its metadata does not say its licence by itself."""
    for name in licences.READ_IN_ITS_FILE:
        assert licences.declared(distribution(name).metadata) == "", name
    carried = {each.name for each in parts if each.within}

    assert set(licences.READ_IN_ITS_FILE) <= {each.name for each in parts}
    assert set(module.LICENCES_OF_CARRIED) <= carried
    assert {each.name for all_of_it in module.CARRIED.values() for each in all_of_it} <= carried


def test_unknown_licence_is_named_and_nothing_is_written(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(licences.READ_IN_ITS_FILE, "django", "SSPL-1.0")

    with pytest.raises(Missing, match=r"django 5\.[\d.]+ \(SSPL-1\.0\)\. Read their licence files"):
        components(LOCK)


def test_package_that_is_not_installed_as_locked_is_named(tmp_path: Path):
    with pytest.raises(Missing, match=r"django 1\.0 is locked but not installed here\."):
        components(lock(tmp_path, "django==1.0 \\"))


@pytest.mark.parametrize(
    ("expression", "allowed"),
    [
        ("MIT", True),
        ("GPL-3.0-only", False),
        ("GPL-3.0-only OR MIT", True),
        ("GPL-3.0-only AND MIT", False),
        ("Apache-2.0 WITH LLVM-exception", True),
        ("(SSPL-1.0 OR MIT) AND OFL-1.1", True),
        ("BSD", False),  # which of them?
        ("LicenseRef-Ours", False),
        ("", False),
    ],
)
def test_licence_allows_what_its_expression_says(expression: str, allowed: bool):
    assert bool(licences.why_allowed(expression)) is allowed


def files(package: str) -> list[PackagePath]:
    return distribution(package).files or []
