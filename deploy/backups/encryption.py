"""Encryption with age: for recipients whose secret key is not on the server."""

import hashlib
import subprocess
from io import BufferedReader
from pathlib import Path
from typing import IO, cast

from deploy.backups.configuration import Refused

ENDING = ".age"


def encrypt(plain: Path, target: Path, recipients: Path) -> None:
    """Encrypt a file, and decrypt what is on the disk again: with a key of this moment, that nobody has afterwards."""
    key = _age("age-keygen").decode()
    own = next(line.split(": ")[1] for line in key.splitlines() if line.startswith("# public key: "))
    _age("age", "--encrypt", "-R", str(recipients), "-r", own, "-o", str(target), str(plain))
    command = ["age", "--decrypt", "-i", "-", str(target)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as reading:  # noqa: S603
        keys, content = cast(IO[bytes], reading.stdin), cast(BufferedReader, reading.stdout)
        keys.write(key.encode())
        keys.close()
        read = hashlib.file_digest(content, "sha256").hexdigest()
    if reading.returncode or read != sha256_of(plain):
        raise Refused("Die verschlüsselte Sicherung lässt sich nicht wieder entschlüsseln.")


def decrypt(file: Path, target: Path, identity: Path | None) -> None:
    """Decrypt a file with the secret key of one of its recipients."""
    if identity is None:
        raise Refused(
            "Die Sicherung ist verschlüsselt; „--identity DATEI“ nennt die Datei mit dem Schlüssel."
        )
    _age("age", "--decrypt", "-i", str(identity), "-o", str(target), str(file))


def sha256_of(path: Path) -> str:
    """The digest of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _age(*command: str) -> bytes:
    try:
        done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603
    except FileNotFoundError as error:
        raise Refused("Das Programm age fehlt: apt-get install age.") from error
    if done.returncode:
        complaint = done.stderr.decode(errors="replace").replace("\n", " ")
        said = complaint.split("age: report unexpected")[0].removeprefix("age: error: ").strip()
        if "no identity matched" in said:
            raise Refused(
                "Der Schlüssel passt nicht zu dieser Sicherung: Sie wurde für einen anderen verschlüsselt."
            )
        raise Refused(
            f"age ist gescheitert ({said}): Schlüssel falsch, oder Datei abgeschnitten oder verändert."
        )
    return done.stdout
