"""A tar file of plain members, written and read as a stream.

Any `tar` reads what is written here. The reader takes regular files alone: no links, no devices, no extensions that
have to be held in memory, so a hostile archive has little to say.
"""

from __future__ import annotations

import hashlib
import tarfile
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

BLOCK = tarfile.BLOCKSIZE
CHUNK = 1 << 20


class NotAnArchive(Exception):
    """The file is damaged, cut short, or something else. The message is for the webmaster."""


class Written(NamedTuple):
    name: str
    size: int
    sha256: str


def fits(name: str) -> bool:
    """Whether a name can be told without extensions of the format."""
    try:
        header(name, 0)
    except ValueError:
        return False
    return True


def header(name: str, size: int) -> bytes:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info.tobuf(tarfile.USTAR_FORMAT, "utf-8", "strict")


class Writer:
    def __init__(self, stream: BinaryIO):
        self.stream = stream

    def add(self, name: str, source: BinaryIO, size: int) -> Written:
        """Copy so many bytes. OSError if there are fewer; more are left: somebody is just adding them."""
        self.stream.write(header(name, size))
        digest, left = hashlib.sha256(), size
        while left:
            data = source.read(min(CHUNK, left))
            if not data:
                raise OSError(f"{name} has become shorter while it was read")
            digest.update(data)
            self.stream.write(data)
            left -= len(data)
        self.stream.write(bytes(-size % BLOCK))
        return Written(name, size, digest.hexdigest())

    def end(self) -> None:
        self.stream.write(bytes(2 * BLOCK))


class Member:
    """One file of the archive; read to its end before the next is asked for."""

    def __init__(self, stream: BinaryIO, name: str, size: int):
        self.stream, self.name, self.size = stream, name, size
        self.left = size

    def chunks(self) -> Iterator[bytes]:
        while self.left:
            data = exactly(self.stream, min(CHUNK, self.left))
            self.left -= len(data)
            yield data

    def read(self, most: int) -> bytes:
        """All of it. NotAnArchive if there is more."""
        if self.size > most:
            raise NotAnArchive(f"{self.name} is larger than it can be")
        return b"".join(self.chunks())

    def copied(self, target: BinaryIO | None) -> Written:
        digest = hashlib.sha256()
        for data in self.chunks():
            digest.update(data)
            if target:
                target.write(data)
        return Written(self.name, self.size, digest.hexdigest())


def members(stream: BinaryIO) -> Iterator[Member]:
    """One after the other; what nobody read of one is passed over. NotAnArchive for anything unusual."""
    while True:
        block = exactly(stream, BLOCK)
        if not any(block):
            break
        try:
            info = tarfile.TarInfo.frombuf(block, "utf-8", "strict")
        except (tarfile.HeaderError, UnicodeDecodeError, ValueError):
            raise NotAnArchive("it is damaged, or no archive of this site") from None
        if info.type not in (tarfile.REGTYPE, tarfile.AREGTYPE) or info.size < 0 or info.linkname:
            raise NotAnArchive(f"“{info.name}” is not a plain file")
        member = Member(stream, info.name, info.size)
        yield member
        for _rest in member.chunks():
            pass
        if any(exactly(stream, -info.size % BLOCK)):
            raise NotAnArchive("it is damaged")
    while data := stream.read(CHUNK):
        if any(data):
            raise NotAnArchive("something follows after its end")


def exactly(stream: BinaryIO, size: int) -> bytes:
    data = stream.read(size)
    while len(data) < size:
        more = stream.read(size - len(data))
        if not more:
            raise NotAnArchive("it is cut short")
        data += more
    return data
