"""A backup restored under servers that run: time goes back for them too, within a second or two, and nobody sees a
fault."""

import time
from pathlib import Path

import pytest

from tests import postgresql, programs
from tests.deploy.databases import ROOT, roles, run
from tests.deploy.servers import HOST, PRODUCTION, Readers, Server, free_port, get, in_release

CONTENT = (
    ("build_assets",),
    ("collectstatic", "--noinput", "--verbosity=0"),
    ("load_pages",),
    ("load_strategy", "fixtures/herne.yaml"),
    ("freeze_edition", "--slug", "erste", "--title", "Die erste"),
    ("publish_edition", "erste"),
)

pytestmark = pytest.mark.slow


def test_servers_show_the_restored_state_and_fail_nobody(tmp_path: Path):
    if not (folder := programs.postgresql_bin()):
        pytest.skip("PostgreSQL's server is not here.")
    with postgresql.cluster(folder) as superuser, roles(superuser) as made:
        (tmp_path / "backups").mkdir()
        environment = {
            "DATA_DIR": str(tmp_path / "data"),
            "DATABASE_URL": made.url(),
            "DATABASE_OWNER_URL": made.url("owner"),
            "DATABASE_BACKUP_URL": made.url("backup"),
            "BACKUP_DIR": str(tmp_path / "backups"),
        }
        in_release(ROOT, "migrate", "--verbosity=0", **{**environment, "DATABASE_URL": made.url("owner")})
        for command in CONTENT:
            in_release(ROOT, *command, **environment)
        server = Server(free_port(), tmp_path / "log")
        server.start(ROOT, **environment)
        try:
            first = get(server.port, "/")
            run("deploy/backup", **{**PRODUCTION, **environment})
            (backup,) = (tmp_path / "backups").glob("*.tar.gz")
            in_release(ROOT, "freeze_edition", "--slug", "zweite", "--title", "Die zweite", **environment)
            in_release(ROOT, "publish_edition", "zweite", **environment)
            assert until(server, "Die zweite") < 5

            with Readers(server.port, ["/", "/massnahmen/", "/fassungen/"]) as readers:
                run("deploy/restore", "--replace", str(backup), **{**PRODUCTION, **environment})
                took = until(server, "Die erste")
                time.sleep(3)
            assert readers.wrong == []
            assert readers.read > 50
            print(f"the restored state after {took:.2f} s")
            assert took < 5
            assert get(server.port, "/") == first
            assert get(server.port, "/fassungen/zweite/")[0] == 404
            assert get(server.port, "/bereit/")[0] == 200
            in_release(ROOT, "publish_edition", "erste", **environment)
            assert HOST in get(server.port, "/sitemap.xml")[1]
        finally:
            server.stop()


def until(server: Server, words: str) -> float:
    """How many seconds it takes until the start page says this."""
    begun = time.monotonic()
    while words not in get(server.port, "/")[1]:
        assert time.monotonic() - begun < 60
        time.sleep(0.05)
    return time.monotonic() - begun
