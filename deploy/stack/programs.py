"""The programs of Debian that the production layout needs, and in which package each lies."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from deploy.stack.errors import StackError

OUTSIDE_PATH = "/usr/sbin:/sbin"  # where the path of who isn't root doesn't lead
POSTGRESQL = Path("/usr/lib/postgresql")
NGINX_MODULES = Path("/usr/lib/nginx/modules")


@dataclass(frozen=True)
class Programs:
    """Where they lie on this machine."""

    postgresql: Path  # the folder of initdb, postgres and psql
    nginx: str
    brotli: Path  # nginx's module for files that brotli compressed

    @classmethod
    def found(cls) -> "Programs":
        """All of them; StackError with a sentence for each that is missing."""
        servers = sorted(POSTGRESQL.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
        initdb = servers[-1] if servers else shutil.which("initdb")
        nginx = shutil.which("nginx") or shutil.which("nginx", path=OUTSIDE_PATH)
        brotli = sorted(NGINX_MODULES.glob("*brotli_static*.so"))
        lacking = [
            f"Es fehlt {name}. Auf Debian: apt-get install {package}"
            for name, package, is_there in [
                ("der Server von PostgreSQL", "postgresql", initdb),
                ("nginx", "nginx", nginx),
                ("das Brotli-Modul von nginx", "libnginx-mod-http-brotli-static", brotli),
            ]
            if not is_there
        ]
        if lacking or not (initdb and nginx):
            raise StackError("\n".join(lacking))
        return cls(Path(initdb).resolve().parent, nginx, brotli[-1])
