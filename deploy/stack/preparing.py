"""From an empty folder to a running database with a published strategy, in the order of a first start on a server."""

import os
import shutil
from pathlib import Path

import psycopg
from psycopg import sql

from deploy.filling import DEPLOY, fill, filled
from deploy.stack.layout import CHECKOUT, Layout, as_account
from deploy.stack.processes import PLAIN, STEP, Process, Stack
from deploy.stack.supervisor import Supervisor

HOSTS = ("127.0.0.1", "localhost")
FIRST_CONTENT = "from deploy.stack import first_content; first_content.make"


def write_files(stack: Stack) -> None:
    """The folders, the settings, and the files of deploy/ for this machine."""
    layout, accounts = stack.layout, stack.accounts
    for folder in (layout.folder / "log", layout.folder / "nginx", layout.security_log):
        folder.mkdir(exist_ok=True)
    give(layout.security_log, accounts.portal)
    _write_private(layout.environment_file, "".join(f"{n}={v}\n" for n, v in settings(layout).items()))
    values = {
        "CHECKOUT": str(CHECKOUT),
        "USER": accounts.portal or str(os.geteuid()),
        "ENVIRONMENT": str(layout.environment_file),
        "PORTS": str(layout.ports.applications),
        "SITE": str(layout.site),
        "NGINX": str(layout.nginx),
        "NGINX_LOG": str(layout.folder / "log"),
        "HOST": " ".join(HOSTS),
        "LISTEN": f"127.0.0.1:{layout.ports.web}",
    }
    for number in (1, 2):
        layout.data(number).mkdir(parents=True, exist_ok=True)
        if number > 1 and not (layout.data(number) / "pdf").exists():
            _share_finished_files(layout.data(1), layout.data(number))
        give(layout.data(number), accounts.portal)
        list(fill(layout.deploy(number), {**values, "DATA": str(layout.data(number))}))
    (layout.folder / "nginx" / "nginx.conf").write_text(nginx_configuration(stack))


def _share_finished_files(first: Path, other: Path) -> None:
    """One machine has one folder of finished PDFs and archives: its servers make them one after another, and its
    writer finds them all."""
    (first / "pdf").mkdir(exist_ok=True)
    (other / "pdf").symlink_to(first / "pdf")


def settings(layout: Layout) -> dict[str, str]:
    """As the operator of a server chooses them (docs/betrieb/einstellungen.md). Mail goes to the log."""
    return {
        "SECRET_KEY": layout.secrets.secret_key,
        "PUBLIC_URL": layout.url,
        "ALLOWED_HOSTS": ",".join(HOSTS),
        "DATABASE_URL": layout.database_url("strategie", layout.secrets.application),
        "EMAIL_URL": "console:",
        "BARRIER_MAIL_TO": "barrierefreiheit@localhost",
        "OPERATOR_MAIL_TO": "it@localhost",
        "SECOND_FACTOR_KEYS": layout.secrets.second_factor_key,
        "SECURITY_LOG_DIR": str(layout.security_log),
        "BEHIND_PROXY": "1",
        "SITE_DIR": str(layout.site),
    }


def nginx_configuration(stack: Stack) -> str:
    """nginx's main file, around the one of deploy/nginx/."""
    layout = stack.layout
    return filled(
        (DEPLOY / "stack" / "nginx.conf").read_text(),
        {
            "ACCOUNT": f"user {stack.accounts.web};" if stack.accounts.web else "",
            "BROTLI": str(stack.programs.brotli),
            "FOLDER": str(layout.folder / "nginx"),
            "NGINX": str(layout.nginx),
        },
    )


def make_cluster(stack: Stack, supervisor: Supervisor) -> None:
    """An empty cluster, whose superuser logs in with a password alone."""
    folder = stack.layout.database
    if (folder / "PG_VERSION").exists():
        return
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    password = folder.with_name(f"{folder.name}.password")
    _write_private(password, stack.layout.secrets.superuser)
    for path in (folder, password):
        give(path, stack.accounts.database)
    initdb = [str(stack.programs.postgresql / "initdb"), "-D", str(folder), "-U", "postgres", "-E", "UTF8"]
    access = ["--locale=C.UTF-8", "-A", "scram-sha-256", f"--pwfile={password}"]
    try:
        command = as_account(stack.accounts.database, [*initdb, *access])
        supervisor.run_step(Process(STEP, command, PLAIN))
    finally:
        password.unlink()


def make_roles(stack: Stack, supervisor: Supervisor) -> None:
    """The database, its owner and the application's role, as deploy/postgresql/ makes them, with passwords."""
    login = {"PGHOST": "127.0.0.1", "PGPORT": str(stack.layout.ports.database), "PGUSER": "postgres"}
    login["PGPASSWORD"] = stack.layout.secrets.superuser
    psql = [str(stack.programs.postgresql / "psql"), "-q", "-d", "postgres", "-v", "name=strategie", "-f"]
    roles = [*psql, str(DEPLOY / "postgresql" / "roles.sql")]
    supervisor.run_step(Process(STEP, roles, {**PLAIN, **login}))
    passwords = {"strategie": stack.layout.secrets.application, "strategie_owner": stack.layout.secrets.owner}
    with psycopg.connect(stack.layout.database_url("postgres", stack.layout.secrets.superuser)) as connection:
        for role, password in passwords.items():
            names = sql.Identifier(role), sql.Literal(password)
            connection.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(*names))


def make_content(stack: Stack, supervisor: Supervisor, *, with_sample: bool) -> None:
    """Tables as the owner, then as the portal what it needs to be read: files, the strategy, a person."""
    owner = stack.layout.database_url("strategie_owner", stack.layout.secrets.owner)
    for command in ("build_assets", "migrate"):  # the translations go into the program's folder
        supervisor.run_step(stack.manage(command, "--verbosity", "0", as_portal=False, DATABASE_URL=owner))
    first = stack.layout.data(1)
    give(first, stack.accounts.portal)
    supervisor.run_step(
        stack.manage(
            *("shell", "--no-imports", "-c", f"{FIRST_CONTENT}(with_sample={with_sample})"),
            PERSON_PASSWORD=stack.layout.secrets.person,
            PERSON_SECOND_FACTOR=stack.layout.secrets.second_factor,
        )
    )
    second = stack.layout.data(2)
    for name in ("assets", "static"):  # the same on every machine, and ten seconds to make
        shutil.copytree(first / name, second / name, dirs_exist_ok=True)
    give(second, stack.accounts.portal)


def write_headers(stack: Stack, supervisor: Supervisor) -> None:
    """What nginx sends with published files, as the application does."""
    supervisor.run_step(stack.manage("write_headers", str(stack.layout.nginx), as_portal=False))


def give(path: Path, account: str) -> None:
    """The file or folder, with all in it, belongs to this account."""
    if account:
        for each in (path, *path.rglob("*")):
            if not each.is_symlink():
                shutil.chown(each, account, account)


def _write_private(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
