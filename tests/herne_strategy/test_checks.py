"""The system check of an installation."""

from pathlib import Path

from herne_strategy.checks import check_translations


def test_compiled_translations_pass() -> None:
    assert check_translations() == []


def test_missing_translations_are_an_error_that_says_what_to_run(tmp_path: Path, settings) -> None:
    folder = tmp_path / "locale/de/LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").touch()
    settings.BASE_DIR = tmp_path

    (error,) = check_translations()

    assert error.is_serious()
    assert "locale/de/LC_MESSAGES/django.po has not been compiled." in str(error)
    assert "build_assets" in str(error)
