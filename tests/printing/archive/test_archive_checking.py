"""Checking an archive: any change is found, and what is said of a whole one is no more than what was proven."""

import hashlib
import zipfile
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from printing.archive.checking import NoArchive, file_names, problems
from strategy.editions.models import Edition
from tests.printing.archive.archives import as_bytes, exchanged, kept, unpacked


def test_making_puts_in_all_that_the_check_asks_for(whole: bytes) -> None:
    assert sorted(unpacked(whole)) == sorted(file_names())


def test_of_a_whole_archive_it_says_what_is_proven_and_what_is_not(
    tmp_path: Path, whole: bytes, archived_edition: Edition, django_assert_num_queries: Any
) -> None:
    out, path = StringIO(), kept(tmp_path, whole)

    with django_assert_num_queries(0):
        call_command("verify_archive", str(path), stdout=out)

    said = out.getvalue()
    assert said.startswith(f"{path}: Alle Dateien sind da, und es wurde kein Fehler gefunden.\n")
    assert f"fassung.json ist die Fassung mit dieser Prüfsumme: {archived_edition.digest}." in said
    assert "themenfelder.csv, ziele.csv, massnahmen.csv sagen in jeder Zelle dasselbe" in said
    assert "strategie.html sind die Dateien, die die Liste der Prüfsummen nennt" in said
    assert "Sie kann nicht beweisen, dass niemand eine Datei und die Liste zugleich ausgetauscht hat." in said
    assert "unverändert" not in said


@pytest.mark.parametrize("name", ["langfassung.pdf", "rat.json", "archiv.json", "fassung.json"])
def test_changed_byte_is_found(found, name: str) -> None:
    assert found({name: b"{}"}) == [f"{name} wurde verändert, nachdem das Archiv entstanden ist."]


@pytest.mark.parametrize("name", [name for name in file_names() if name != "SHA256SUMS"])
@pytest.mark.parametrize("with_sums", [False, True])
def test_missing_file_is_found(found, name: str, with_sums: bool) -> None:
    with_sums = with_sums and name != "archiv.json"  # from which they are made

    assert found({name: None}, with_sums=with_sums) == [f"{name} fehlt."]


@pytest.mark.parametrize("with_sums", [False, True])
def test_added_file_is_found(found, with_sums: bool) -> None:
    assert found({"fremd.exe": b"x"}, with_sums=with_sums) == ["fremd.exe gehört nicht in ein Archiv."]


def test_name_of_an_added_file_cannot_steer_the_terminal(found) -> None:
    assert found({"\x1b[31m": b"x"}) == [r"'\x1b[31m' gehört nicht in ein Archiv."]


def test_changed_edition_is_found_even_with_new_checksums(found, archived_edition: Edition) -> None:
    other = archived_edition.content.data.replace("Beispiel", "Anderes").encode()

    assert found({"fassung.json": other}, with_sums=True) == [
        "Die Fassung passt nicht zu der Prüfsumme, die das Archiv nennt."
    ]


class TestChecksums:
    def test_without_the_list_it_says_so_once(self, found):
        assert found({"SHA256SUMS": None}) == ["SHA256SUMS fehlt."]

    @pytest.mark.parametrize(
        "text", [b"", b"\n\n", b"Unsinn", b"abc  archiv.json\n", b"\xff\xfe", b"0" * 64 + b" *archiv.json\n"]
    )
    def test_what_is_no_list_is_one_sentence(self, found, text):
        assert found({"SHA256SUMS": text}) == [
            "SHA256SUMS ist keine Liste von Prüfsummen; deshalb lässt sich keine Datei prüfen."
        ]

    def test_file_that_is_not_listed_is_named(self, found, whole):
        lines = unpacked(whole)["SHA256SUMS"].splitlines(keepends=True)

        text = b"".join(line for line in lines if b"ziele.csv" not in line)

        assert found({"SHA256SUMS": text}) == ["ziele.csv steht nicht in den Prüfsummen."]

    def test_listed_file_that_is_not_there_is_named(self, found, whole):
        text = unpacked(whole)["SHA256SUMS"] + b"0" * 64 + b"  mehr.txt\n"

        assert found({"SHA256SUMS": text}) == ["mehr.txt steht in den Prüfsummen, fehlt aber."]


class TestZip:
    MORE = (
        "Das ZIP enthält mehr als seine Dateien (davor, dazwischen oder dahinter) oder wurde von einem anderen "
        "Programm gepackt."
    )

    @pytest.mark.parametrize(("before", "behind"), [(b"#!/bin/sh\n", b""), (b"", b"x"), (b"", b"\0" * 30)])
    def test_bytes_around_it_are_found(self, tmp_path, whole, before, behind):
        assert problems(kept(tmp_path, before + whole + behind)) == [self.MORE]

    def test_comment_in_it_is_found(self, tmp_path, whole):
        path = kept(tmp_path, whole)
        with zipfile.ZipFile(path, "a") as archive:
            archive.comment = b"nicht von uns"

        assert problems(path) == [self.MORE]

    def test_compressed_files_are_refused(self, tmp_path, whole):
        path = tmp_path / "archiv.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in unpacked(whole).items():
                archive.writestr(name, content)

        with pytest.raises(NoArchive, match="von einem anderen Programm gepackt"):
            problems(path)

    def test_two_files_of_one_name_are_refused(self, tmp_path, whole):
        path = kept(tmp_path, whole)
        with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(path, "a") as archive:
            archive.writestr("rat.json", b"{}")

        with pytest.raises(NoArchive, match="zwei Dateien mit demselben Namen"):
            problems(path)

    @pytest.mark.parametrize("content", [b"", b"kein ZIP", b"PK\x03\x04kaputt", b"PK\x05\x06" + b"\xff" * 18])
    def test_what_is_no_zip_is_refused_in_a_sentence(self, tmp_path, content):
        path = kept(tmp_path, content)

        with pytest.raises(NoArchive, match="nicht als ZIP lesbar"):
            problems(path)
        with pytest.raises(CommandError, match="nicht als ZIP lesbar"):
            call_command("verify_archive", str(path))

    def test_missing_file_on_disk_is_a_sentence(self, tmp_path):
        with pytest.raises(CommandError, match="Die Datei ist nicht lesbar"):
            call_command("verify_archive", str(tmp_path / "fehlt.zip"))


class TestManifest:
    @pytest.mark.parametrize(
        "said",
        [
            b"[]",
            b"\xff",
            b"nichts",
            b'{"format": 1}',
            b'{"format": 1, "digest": 5, "edition": "eins"}',
            b"[" * 100_000,
        ],
    )
    def test_nonsense_is_a_sentence(self, found, said):
        assert found({"archiv.json": said}, with_sums=True) == [
            "archiv.json sagt nicht, was in dem Archiv ist."
        ]

    @pytest.mark.parametrize("digest", [5, None, [], {}, "0" * 64])
    def test_another_digest_is_refused(self, found, digest):
        said = as_bytes({"format": 1, "digest": digest, "edition": {"digest": digest}})

        assert found({"archiv.json": said}, with_sums=True) == [
            "Die Fassung passt nicht zu der Prüfsumme, die das Archiv nennt."
        ]

    def test_another_format_is_said_first(self, found):
        assert found({"archiv.json": b'{"format": 2}', "ziele.csv": None}) == [
            "archiv.json hat ein anderes Format, als dieses Programm kennt."
        ]

    @pytest.mark.parametrize("data", [b"{}", b"[]", b'{"format": 1}', b'{"meta":{},"nodes":[5]}', b"\xff"])
    def test_what_is_no_edition_is_a_sentence(self, tmp_path, whole, data):
        digest = hashlib.sha256(data).hexdigest()
        said = as_bytes({"format": 1, "digest": digest, "edition": {"digest": digest}})

        changed = exchanged(whole, {"archiv.json": said, "fassung.json": data}, with_sums=True)

        assert problems(kept(tmp_path, changed))[0] == (
            "fassung.json ist keine Fassung, die dieses Programm lesen kann."
        )
