"""The optional programs that some tests need, and how to get each."""

import os
import shutil
from pathlib import Path

INSTALL = {
    "PostgreSQL's server": "apt-get install postgresql",
    "Chromium": "apt-get install chromium",
    "Node and npm": "apt-get install nodejs npm",
    "gettext": "apt-get install gettext",
    "age": "apt-get install age",
    "nginx with its brotli module": "apt-get install nginx libnginx-mod-http-brotli-static",
    "systemd-analyze": "apt-get install systemd",
}


def postgresql_bin() -> Path | None:
    """The folder of initdb and pg_ctl."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: path.parts[-3])
    if found:
        return found[-1].parent
    initdb = shutil.which("initdb")
    return Path(initdb).resolve().parent if initdb else None


def chromium() -> str | None:
    """The browser's executable; CHROMIUM names another one."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


def npm() -> str | None:
    """npm's executable, where Node is there too."""
    return shutil.which("npm") if shutil.which("node") else None


def nginx() -> str | None:
    """nginx's executable, where its module for files that brotli compressed is there too."""
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    return found if found and list(Path("/usr/lib/nginx/modules").glob("*brotli_static*.so")) else None


def missing() -> list[str]:
    """The names of the programs that are not on this machine."""
    found = {
        "PostgreSQL's server": postgresql_bin(),
        "Chromium": chromium(),
        "Node and npm": npm(),
        "gettext": shutil.which("xgettext"),
        "age": shutil.which("age"),
        "nginx with its brotli module": nginx(),
        "systemd-analyze": shutil.which("systemd-analyze"),
    }
    return [name for name, path in found.items() if not path]
