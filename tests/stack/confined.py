"""Runs a command under what a unit forbids, as far as that can be had without systemd:

`python -m tests.stack.confined UNIT COMMAND …`. System calls (by libseccomp), memory that is written and executed, new
privileges; as root also a file system that cannot be written to but for ReadWritePaths and temporary files.
"""

import ctypes
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from deploy.units import Unit

LIBRARY = "libseccomp.so.2"
ALLOW, REFUSE = 0x7FFF0000, 0x00050001  # SCMP_ACT_ALLOW, SCMP_ACT_ERRNO(EPERM)
SET_NO_NEW_PRIVILEGES, SET_MDWE = 38, 65  # of prctl
ALWAYS = {"execve", "exit", "exit_group", "rt_sigreturn"}


def main(unit: str, *command: str) -> None:
    """Confine this process, then become the command."""
    rules = Unit.read(Path(unit))
    if os.geteuid() == 0 and rules.value("ProtectSystem") == "strict":
        named = [path.removeprefix("-") for line in rules.values("ReadWritePaths") for path in line.split()]
        _protect_files([path for path in named if Path(path).exists()])
    libc = ctypes.CDLL(None, use_errno=True)
    if rules.value("NoNewPrivileges") == "yes":
        _must(libc.prctl(SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0), "no_new_privs")
    if rules.value("MemoryDenyWriteExecute") == "yes":
        _must(libc.prctl(SET_MDWE, 1, 0, 0, 0), "PR_SET_MDWE")
    _filter_calls(allowed_calls(rules.values("SystemCallFilter")))
    os.execvp(command[0], command)


def allowed_calls(lines: list[str]) -> set[str]:
    """The names that an allow list of systemd comes to; a line with ~ takes away again."""
    groups = _groups()
    allowed = set(ALWAYS) | _members("@default", groups)
    for line in lines:
        names = {name for group in line.lstrip("~").split() for name in _members(group, groups)}
        allowed = allowed - names if line.startswith("~") else allowed | names
    return allowed


def _groups() -> dict[str, list[str]]:
    said = subprocess.run(
        ["systemd-analyze", "--no-pager", "syscall-filter"], check=True, capture_output=True, text=True
    ).stdout
    parts = re.split(r"\n(?=@)", re.sub(r"\x1b\[[\d;]*m", "", said))
    return {
        part.split()[0]: [line.strip() for line in part.splitlines()[1:] if not line.strip().startswith("#")]
        for part in parts
        if part.startswith("@")
    }


def _members(name: str, groups: dict[str, list[str]]) -> set[str]:
    if not name.startswith("@"):
        return {name} if name else set()
    return {each for part in groups[name] for each in _members(part, groups)}


def _filter_calls(names: set[str]) -> None:
    library = ctypes.CDLL(LIBRARY)
    library.seccomp_init.restype = ctypes.c_void_p
    filter_ = ctypes.c_void_p(library.seccomp_init(REFUSE))
    for number in sorted(_numbers(library, names)):
        _must(library.seccomp_rule_add(filter_, ALLOW, number, 0), f"rule for {number}")
    _must(library.seccomp_load(filter_), "seccomp")


def _numbers(library: ctypes.CDLL, names: set[str]) -> Iterator[int]:
    """Those that this architecture has."""
    for name in names:
        if (number := library.seccomp_syscall_resolve_name(name.encode())) >= 0:
            yield number


def _protect_files(writable: list[str]) -> None:
    """A mount namespace of our own, in which only these folders can be written to, and a new folder for temporary files
    (not in the place of /tmp: the folders of tests lie there)."""
    ctypes.CDLL(None).unshare(0x00020000)  # CLONE_NEWNS
    mount = shutil.which("mount") or "/usr/bin/mount"
    for arguments in (
        ["--make-rprivate", "/"],
        *(["--bind", folder, folder] for folder in writable),
        ["-t", "tmpfs", "none", "/var/tmp"],
        ["-o", "remount,bind,ro", "/"],
    ):
        subprocess.run([mount, *arguments], check=True)


def _must(status: int, what: str) -> None:
    if status:
        sys.exit(f"{what}: {status}")


if __name__ == "__main__":
    main(*sys.argv[1:])
