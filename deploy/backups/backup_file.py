"""The file of a backup: the database and what is said about it, as one archive, encrypted where there is a key."""

import gzip
import io
import json
import shutil
import tarfile
import zlib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from deploy.backups import encryption
from deploy.backups.configuration import Refused
from deploy.backups.encryption import sha256_of

FORMAT = 1
ABOUT = "inhalt.json"
NO_BACKUP = "{} ist keine Sicherung dieses Portals, oder sie ist abgeschnitten oder verändert."


@dataclass
class About:
    """What a backup says about the database in it."""

    made_at: str
    program: str
    kind: str
    file: str
    sha256: str
    migrations: list[str]
    editions: list[list[str]]  # address, digest, and the digest of what it holds
    tables: dict[str, Any]
    format: int = FORMAT

    @property
    def damaged(self) -> list[str]:
        """The addresses of editions that were no longer what was frozen."""
        return [slug for slug, digest, held in self.editions if digest != held]


def write(target: Path, about: About, database: Path, recipients: Path | None) -> None:
    """Write the archive, and read all of it from the disk again."""
    plain = target if recipients is None else target.with_suffix("")
    said = json.dumps(asdict(about), ensure_ascii=False, indent=1).encode()
    with gzip.open(plain, "wb", 6) as out, tarfile.open(fileobj=out, mode="w|") as archive:
        member = tarfile.TarInfo(ABOUT)
        member.size = len(said)
        archive.addfile(member, io.BytesIO(said))
        archive.add(database, about.file)
    database.unlink()
    if _unpacked(plain, database) != about:
        raise Refused("Was auf der Platte steht, ist nicht die Sicherung, die geschrieben wurde.")
    if recipients is not None:
        encryption.encrypt(plain, target, recipients)
        plain.unlink()


def read(path: Path, identity: Path | None, folder: Path) -> tuple[About, Path]:
    """What a backup says, and its database, put into a folder. Refused where anything of it is not as it was."""
    beside = path.with_name(f"{path.name}.sha256")
    if not path.is_file():
        raise Refused(f"{path} gibt es nicht.")
    if beside.exists() and beside.read_text().split()[:1] != [sha256_of(path)]:
        raise Refused(
            f"{path} ist nicht mehr, was geschrieben wurde: Die Prüfsumme in {beside.name} ist eine andere."
        )
    plain = path
    if path.suffix == encryption.ENDING:
        plain = folder / "archive"
        encryption.decrypt(path, plain, identity)
    database = folder / "database"
    try:
        about = _unpacked(plain, database)
    except Refused as error:
        raise Refused(NO_BACKUP.format(path)) from error
    if about.format > FORMAT:
        raise Refused(f"{path} stammt von einem neueren Programm: erst das Programm aktualisieren.")
    return about, database


def _unpacked(path: Path, database: Path) -> About:
    """Refused where it is no such archive, or its check sums are wrong."""
    try:
        with gzip.open(path) as packed, tarfile.open(fileobj=packed, mode="r|") as archive:
            about = About(**json.loads(_member(archive, ABOUT).read()))
            with database.open("wb") as out:
                shutil.copyfileobj(_member(archive, about.file), out, 1 << 20)
            shutil.copyfileobj(packed, io.BytesIO())
    except (tarfile.TarError, EOFError, OSError, zlib.error, ValueError, TypeError) as error:
        raise Refused(NO_BACKUP.format(path)) from error
    if sha256_of(database) != about.sha256:
        raise Refused(NO_BACKUP.format(path))
    return about


def _member(archive: tarfile.TarFile, name: str) -> Any:
    member = archive.next()
    if member is None or member.name != name or not member.isfile():
        raise tarfile.TarError(name)
    return archive.extractfile(member)
