"""Archives that only their recipient can read, by the programs that webmasters have: age or GnuPG.

Both encrypt and decrypt as a stream, so an archive never lies on the disk in the clear while it is being made.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from django.core.management.base import CommandError

AGE, GPG = ".age", ".gpg"


def ending(recipient: str) -> str:
    """Of a file for this recipient: a public key of age or SSH, else whatever GnuPG knows a key by; "" for nobody."""
    if not recipient:
        return ""
    return AGE if recipient.startswith(("age1", "ssh-")) else GPG


def program(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        raise CommandError(f"{name} is not installed: apt-get install {'gnupg' if name == 'gpg' else name}")
    return path


@contextmanager
def encrypted(target: BinaryIO, recipient: str) -> Iterator[BinaryIO]:
    """A stream whose bytes reach the open file `target` encrypted. CommandError if that fails."""
    if not recipient:
        yield target
        return
    if ending(recipient) == AGE:
        command = [program("age"), "--encrypt", "--recipient", recipient]
    else:
        command = [program("gpg"), "--batch", "--quiet", "--trust-model", "always", "--compress-algo", "none"]
        command += ["--encrypt", "--recipient", recipient, "--output", "-"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=target, stderr=subprocess.PIPE)  # noqa: S603 - no shell
    try:
        try:
            yield process.stdin
            process.stdin.close()
        except BrokenPipeError:
            pass  # it says why on its stderr
        said = process.stderr.read().decode(errors="replace").strip()
        if process.wait():
            raise CommandError(f"The archive could not be encrypted for {recipient}: {said}")
    finally:
        end(process)


@contextmanager
def decrypted(path: Path, identity: str) -> Iterator[BinaryIO]:
    """The archive's content as a stream; `identity` is the file with age's private key. CommandError if it fails."""
    if path.suffix not in {AGE, GPG}:
        with path.open("rb") as file:
            yield file
        return
    if path.suffix == AGE:
        if not identity:
            raise CommandError("Name the file with the private key: --identity, or BACKUP_IDENTITY.")
        command = [program("age"), "--decrypt", "--identity", identity, str(path)]
    else:
        command = [program("gpg"), "--quiet", "--decrypt", str(path)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)  # noqa: S603 - its stderr is for the webmaster
    try:
        try:
            yield process.stdout
        except Exception:
            if process.poll():
                raise CommandError(f"The archive could not be decrypted: {path.name}") from None
            raise
        if process.wait():
            raise CommandError(f"The archive could not be decrypted, or was changed: {path.name}")
    finally:
        end(process)


def end(process: subprocess.Popen) -> None:
    for stream in (process.stdin, process.stdout, process.stderr):
        if stream:
            with suppress(BrokenPipeError):
                stream.close()
    if process.poll() is None:
        process.kill()
    process.wait()
