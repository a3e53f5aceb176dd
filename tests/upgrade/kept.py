"""The kept databases, unpacked: a URL to one of the kind that the tests run on."""

import lzma
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.strategy.own_database import own_database

FOLDER = Path(__file__).parent
DAYS = sorted({path.name[:10] for path in FOLDER.glob("*.xz")})


@contextmanager
def kept_database(day: str, folder: Path) -> Iterator[str]:
    """The DATABASE_URL of a copy of the database that was kept on this day."""
    with own_database(folder) as url:
        if url.startswith("sqlite"):
            packed = FOLDER / f"{day}.sqlite3.xz"
            Path(url.removeprefix("sqlite:///")).write_bytes(lzma.decompress(packed.read_bytes()))
        else:
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute(lzma.decompress((FOLDER / f"{day}.sql.xz").read_bytes()))
        yield url
