"""A bare Debian in a folder, made by debootstrap, in which documented steps are run as on a machine of their own."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CERTIFICATES = Path(
    "/etc/ssl/certs/ca-certificates.crt"
)  # this machine's: its network may have one of its own
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
FOLDERS = {"proc": "proc", "sys": "sysfs", "dev/shm": "tmpfs"}


def base(folder: Path) -> Path:
    """A Debian 12 with nothing but what every one has, and the mirror that this machine takes its packages from."""
    command = ["debootstrap", "--variant=minbase", "--include=ca-certificates", "bookworm", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-2000:]
    shutil.copy(CERTIFICATES, folder / "etc/ssl/certs/ca-certificates.crt")
    (folder / "etc/pip.conf").write_text("[global]\ncert = /etc/ssl/certs/ca-certificates.crt\n")
    (folder / "usr/sbin/policy-rc.d").write_text("#!/bin/sh\nexit 101\n")  # packages start nothing
    (folder / "usr/sbin/policy-rc.d").chmod(0o755)
    return folder


@dataclass
class Machine:
    """The folder as a machine. `environment` is what its root has."""

    root: Path
    environment: dict[str, str] = field(default_factory=dict)

    def run(self, script: str, *, user: str = "root", is_read_only: bool = False) -> str:
        """A script's output; it has to end well."""
        done = subprocess.run(
            self._command(user, is_read_only),
            input=script,
            capture_output=True,
            text=True,
            env=self._environment(),
        )
        assert done.returncode == 0, f"{script}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
        return done.stdout

    @contextmanager
    def running(self, script: str, *, user: str, is_read_only: bool) -> Iterator[None]:
        """While this script runs; it is ended afterwards."""
        with (self.root / "tmp" / "service.log").open("ab") as log:
            process = subprocess.Popen(
                self._command(user, is_read_only),
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                env=self._environment(),
                start_new_session=True,
            )
        assert process.stdin
        process.stdin.write(script.encode())
        process.stdin.close()
        try:
            yield
        finally:
            process.terminate()
            process.wait(60)

    def copy_program(self, target: str, *, ignored: tuple[str, ...] = ()) -> None:
        """What the repository holds, as `git clone` would bring it."""
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
        for name in listed.decode().split("\0"):
            if name and not name.startswith(ignored) and (ROOT / name).is_file():
                path = self.root / target.lstrip("/") / name
                path.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, path)

    @property
    def data(self) -> Path:
        """What a read-only machine may write to, kept when it ends: its volume."""
        return self.root.with_name(f"{self.root.name}-data")

    def end(self, name: str = "") -> None:
        """End all processes whose root is this folder, or those whose command has this in it."""
        for process in Path("/proc").iterdir():
            if process.name.isdigit():
                try:
                    is_here = os.readlink(process / "root") == str(self.root)
                    is_meant = name.encode() in (process / "cmdline").read_bytes()
                except OSError:
                    continue
                if is_here and is_meant:
                    os.kill(int(process.name), 9)

    def _command(self, user: str, is_read_only: bool) -> list[str]:
        """In mounts of its own, so that nothing stays behind."""
        root = str(self.root)
        steps = [f"mkdir -p {root}/dev/shm"]
        if is_read_only:
            steps += [f"mount --bind {root} {root}"]
            steps += [f"mount --bind {self.data} {root}/var/lib/strategie", f"mount -t tmpfs none {root}/tmp"]
        steps += [f"mount -t {kind} none {root}/{folder}" for folder, kind in FOLDERS.items()]
        if is_read_only:
            steps.append(f"mount -o remount,bind,ro {root}")
        steps.append(f"exec chroot --userspec={user}: {root} /bin/bash -euo pipefail")
        return ["unshare", "--mount", "--propagation", "private", "sh", "-ec", "; ".join(steps)]

    def _environment(self) -> dict[str, str]:
        return {
            "PATH": PATH,
            "HOME": "/root",
            "LANG": "C.UTF-8",
            "DEBIAN_FRONTEND": "noninteractive",
            **self.environment,
        }
