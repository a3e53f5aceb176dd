"""Where everything of a stack lies, on which ports it listens, and its secrets, kept for its next start."""

import base64
import hashlib
import json
import os
import secrets
import socket
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from deploy.stack.errors import StackError

CHECKOUT = Path(__file__).resolve().parents[2]
NAMES = ("postgres", "app-1", "app-2", "writer", "nginx")  # in the order in which they start
PERSON = "redaktion"  # who can log in


@dataclass(frozen=True)
class Secrets:
    """What nobody may guess, made once for a folder."""

    secret_key: str = field(default_factory=lambda: secrets.token_urlsafe(50))
    superuser: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    owner: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    application: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    person: str = field(default_factory=lambda: secrets.token_urlsafe(12))
    second_factor_key: str = field(default_factory=lambda: base64.b64encode(secrets.token_bytes(32)).decode())
    second_factor: str = field(default_factory=lambda: base64.b32encode(secrets.token_bytes(20)).decode())


@dataclass(frozen=True)
class Ports:
    """Where on 127.0.0.1 the parts listen. Application server 1 has the port `<applications>1`."""

    web: int
    database: int
    applications: int

    @classmethod
    def free(cls, web: int) -> "Ports":
        """`web` as asked for, the others as they are free now."""
        if not _is_free(web):
            raise StackError(
                f"PORT {web} ist belegt oder gesperrt; einen anderen nimmt „PORT=8090 make stack“."
            )
        bases = iter(secrets.SystemRandom().sample(range(2000, 3200), 200))
        base = next(base for base in bases if _is_free(base * 10 + 1) and _is_free(base * 10 + 2))
        database = next(port for port in range(base * 10 + 3, 65536) if port != web and _is_free(port))
        return cls(web, database, base)


@dataclass(frozen=True)
class Layout:
    """A stack in a folder."""

    folder: Path
    ports: Ports
    secrets: Secrets

    @classmethod
    def prepared(cls, folder: Path, web: int) -> "Layout":
        """With the secrets that this folder has or now gets, and ports that are free now; written down."""
        kept = folder / "stack.json"
        values = json.loads(kept.read_text())["secrets"] if kept.exists() else {}
        layout = cls(folder, Ports.free(web), Secrets(**values))
        private = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with open(private, "w") as file:
            json.dump({"ports": asdict(layout.ports), "secrets": asdict(layout.secrets)}, file, indent=2)
        return layout

    @classmethod
    def read(cls, folder: Path) -> "Layout":
        """As it was written down when the stack was started last."""
        try:
            values = json.loads((folder / "stack.json").read_text())
        except FileNotFoundError:
            raise StackError(f"In {folder} ist noch nichts gestartet worden („make stack“).") from None
        return cls(folder, Ports(**values["ports"]), Secrets(**values["secrets"]))

    @property
    def url(self) -> str:
        """The address that readers see."""
        return f"http://127.0.0.1:{self.ports.web}"

    @property
    def environment_file(self) -> Path:
        """The portal's settings, as /etc/strategie.env on a server."""
        return self.folder / "strategie.env"

    @property
    def database(self) -> Path:
        """The folder of the cluster: PostgreSQL's account has to reach it through all folders above."""
        if os.geteuid() != 0 or is_open(self.folder):
            return self.folder / "postgres"
        name = hashlib.sha256(str(self.folder).encode()).hexdigest()[:12]
        return Path("/var/tmp") / f"strategie-stack-{name}"  # noqa: S108 (its folder is PostgreSQL's alone)

    def data(self, number: int) -> Path:
        """DATA_DIR of an application server."""
        return self.folder / "data" / str(number)

    def deploy(self, number: int) -> Path:
        """The files of deploy/, filled in for that server."""
        return self.folder / "deploy" / str(number)

    @property
    def security_log(self) -> Path:
        """The folder of the security log, which both application servers write."""
        return self.folder / "security"

    @property
    def site(self) -> Path:
        """SITE_DIR, which both application servers and the writer share, as they share nginx."""
        return self.data(1) / "site"

    @property
    def nginx(self) -> Path:
        """nginx's files, filled in."""
        return self.deploy(1) / "nginx"

    def address(self, number: int) -> tuple[str, int]:
        """Where an application server listens."""
        return "127.0.0.1", self.ports.applications * 10 + number

    def database_url(self, role: str, password: str) -> str:
        """The database, as one of its roles."""
        return f"postgres://{role}:{password}@127.0.0.1:{self.ports.database}/strategie"


@dataclass(frozen=True)
class Accounts:
    """Who runs what, where root starts it; "" is who started it.

    PostgreSQL refuses root. The portal and nginx take accounts that every Debian has: "daemon", made for programs that
    write files, stands for the portal's own account on a server; "www-data" only reads what it wrote.
    """

    portal: str = ""
    database: str = ""
    web: str = ""

    @classmethod
    def of(cls, folder: Path) -> "Accounts":
        """For a stack there. Through folders that are closed for all others, nginx comes as root alone."""
        if os.geteuid() != 0:
            return cls()
        return cls("daemon", "postgres", "www-data daemon" if is_open(folder) else "root")

    def as_portal(self, command: list[str]) -> list[str]:
        """The command under the portal's account. It may read a program that lies in root's own folder, as it may on
        a server, where that lies in /srv."""
        reading = "+dac_read_search"
        return as_account(self.portal, command, f"--inh-caps={reading}", f"--ambient-caps={reading}")


def as_account(account: str, command: list[str], *more: str) -> list[str]:
    """The command under an account and its group, which has the same name on Debian."""
    change = ["setpriv", f"--reuid={account}", f"--regid={account}", "--clear-groups", *more, "--"]
    return [*change, *command] if account else command


def is_open(path: Path) -> bool:
    """Whether everybody may go through this folder and all above it."""
    return all(each.stat().st_mode & 0o001 for each in _with_parents(path) if each.exists())


def _with_parents(path: Path) -> Iterator[Path]:
    whole = path.resolve()
    yield whole
    yield from whole.parents


def _is_free(port: int) -> bool:
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except (OSError, OverflowError):
        return False
    return True
