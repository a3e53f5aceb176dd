"""Published files from nginx with our configuration, beside the same files with none: what our headers, the choice of
a file and the second look at a folder cost."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.checkout import Checkout
from bench.interleaved import interleaved
from bench.pipelined import Load, load
from deploy.filling import fill

PUBLISHED, PLAIN = 8393, 8394
SERVERS = "839"  # the application servers of bench/measuring.py: 8391 and 8392
MODULE = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")


@dataclass(frozen=True)
class Nginx:
    """A running nginx with one worker: at PUBLISHED as in production, at PLAIN the files alone."""

    worker: int

    def compared(self, path: str) -> tuple[list[Load], list[Load]]:
        """Both in turn."""
        return interleaved(lambda: load(PUBLISHED, path, self.worker), lambda: load(PLAIN, path, self.worker))


def is_possible() -> bool:
    """Whether nginx with the module that it needs is on this machine."""
    return _program() is not None and MODULE.exists()


def written(checkout: Checkout) -> dict[str, float]:
    """Seconds of writing all pages, and of writing them again unchanged."""
    seconds = {}
    for name in ("first", "again"):
        start = time.perf_counter()
        checkout.manage("write_site", "--once")
        seconds[name] = time.perf_counter() - start
    return seconds


@contextmanager
def serving(checkout: Checkout) -> Iterator[Nginx]:
    """nginx before the pages that this checkout has written."""
    folder = checkout.data / "nginx"
    values = {"SITE": str(checkout.data / "site"), "DATA": str(checkout.data), "PORTS": SERVERS}
    values |= {"NGINX": str(folder / "nginx"), "NGINX_LOG": str(folder), "HOST": "127.0.0.1"}
    list(fill(folder, {**values, "LISTEN": f"127.0.0.1:{PUBLISHED}"}))
    checkout.manage("write_headers", str(folder / "nginx"))
    pages = next((checkout.data / "site" / "current").glob("*/pages"))
    (folder / "nginx.conf").write_text(_main(folder, pages))
    process = subprocess.Popen(
        [str(_program()), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]
    )
    try:
        yield Nginx(_worker(process.pid))
    finally:
        process.terminate()
        process.wait(10)


def _main(folder: Path, pages: Path) -> str:
    account = "user root;" if os.geteuid() == 0 else ""
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    files = f"root {pages}; index index.html; gzip_static on; access_log {folder}/plain.log;"
    plain = f"server {{ listen 127.0.0.1:{PLAIN}; {files} }}"
    main = f"load_module {MODULE}; {account} daemon off; pid {folder}/pid; worker_processes 1; events {{}}"
    limits = "keepalive_requests 10000000; sendfile on; tcp_nopush on;"
    return f"{main} http {{ {temporary} {limits} include {folder}/nginx/plain.conf; {plain} }}"


def _program() -> str | None:
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


def _worker(pid: int) -> int:
    """The one child of this process, once it is there."""
    children = Path(f"/proc/{pid}/task/{pid}/children")
    for _ in range(100):
        if found := children.read_text().split():
            return int(found[0])
        time.sleep(0.05)
    raise RuntimeError("nginx has not started; see its error.log.")
