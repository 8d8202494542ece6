"""The file for each address: the same path wherever a file system can have it, and never another's.

A bare server finds a page at `…/` as `…/index.html` and passes over what stands behind a question mark. So an address
with a query gets a path: `/en/news/?page=2` is `/en/news/page/2/`, and `/en/agenda.ics?network=turin` is
`/en/agenda/network/turin.ics`.

Some file systems take capitals and small letters for the same, some composed and decomposed accents; Windows knows
names that no file may have. What is in danger of that gets a name with a digest of its address, as does one whose
place is taken: by a file of that name, or by a folder.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
import unicodedata
from urllib.parse import quote, unquote

from iaec_site.static_export.addresses import SAFE, parameters_of

INDEX = "index.html"
# Bytes of one name, with room for a digest and an ending below the 255 that file systems allow.
LONGEST_NAME = 150
# Bytes of a whole path, with room below the 260 of Windows for the folder that it lies in.
LONGEST_PATH = 200
RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)
_UNSAFE = re.compile(r"[\x00-\x1f\x7f<>:\"|?*\\/%#\ud800-\udfff]|^\.+|[. ]+$")
# What a server tells of a file, by which a browser knows what to do with it, follows from its ending.
ENDINGS = {
    "text/html": ".html",
    "text/plain": ".txt",
    "text/css": ".css",
    "text/csv": ".csv",
    "text/calendar": ".ics",
    "application/json": ".json",
    "application/xml": ".xml",
    "application/pdf": ".pdf",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/webp": ".webp",
    "image/avif": ".avif",
    "image/svg+xml": ".svg",
}
# By the standard (RFC 9116) its name begins with a dot.
WELL_KNOWN = ".well-known"


def digest_of(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogateescape")).hexdigest()[:10]


def safe_name(name: str) -> str:
    """The name of one file or folder: as it is, or a tame one with a digest where some system could not have it."""
    tame = _UNSAFE.sub("-", name)
    if name == WELL_KNOWN:
        return name
    if tame == name and name and not RESERVED.fullmatch(name) and len(name.encode()) <= LONGEST_NAME:
        return unicodedata.normalize("NFC", name)
    stem, ending = posixpath.splitext(tame)
    ending = ending if len(ending) <= len(".webmanifest") else ""
    stem = stem.encode()[: LONGEST_NAME // 2].decode(errors="ignore").strip("-. ")
    return "-".join(filter(None, [stem, digest_of(name)])) + ending


def folded(path: str) -> str:
    """What two paths have in common that some file system takes for one."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKD", path).casefold())


def wanted_path(address: str) -> str:
    """The file of an address if nothing else is in its way."""
    path = unquote(address.partition("?")[0], errors="surrogateescape")
    *folders, name = path.removeprefix("/").split("/")
    parts = [safe_name(part) for part in folders]
    chosen = [safe_name(part) for pair in parameters_of(address) for part in pair]
    if not name:
        return posixpath.join(*parts, *chosen, INDEX)
    if not chosen:
        return posixpath.join(*parts, safe_name(name))
    stem, ending = posixpath.splitext(safe_name(name))
    return posixpath.join(*parts, stem, *chosen) + ending


class FileNames:
    """Gives every address its file, each once, in the order in which they are asked for."""

    def __init__(self) -> None:
        self.by_address: dict[str, str] = {}
        self.files: set[str] = set()
        self.folders: set[str] = set()

    def path(self, address: str) -> str:
        """The file, relative to the folder of the export and with slashes."""
        if address not in self.by_address:
            self.by_address[address] = self.claimed(wanted_path(address), address)
        return self.by_address[address]

    def give_ending(self, address: str, ending: str) -> None:
        """Before its path is asked for: an address without an ending of its own gets one."""
        if address not in self.by_address:
            self.by_address[address] = self.claimed(wanted_path(address) + ending, address)

    def claimed(self, path: str, address: str) -> str:
        """The path, or one near it, for nobody else from now on."""
        folder, name = posixpath.split(path)
        stem, ending = posixpath.splitext(name)
        digest = digest_of(address)
        near = (
            f"{folder or 'page'}-{digest}/{name}"
            if name == INDEX
            else posixpath.join(folder, f"{stem}-{digest}{ending}")
        )
        # Where a file stands in the place of one of its folders, or the whole is too long.
        far = f"{digest}/{name}" if name == INDEX else f"{digest}{ending}"
        for candidate in (path, near, far):
            if len(candidate.encode()) <= LONGEST_PATH and self.is_free(candidate):
                self.files.add(folded(candidate))
                self.folders.update(ancestors(candidate))
                return candidate
        raise ValueError(f"No file name is left for {address}.")

    def is_free(self, path: str) -> bool:
        key = folded(path)
        return key not in self.files and key not in self.folders and self.files.isdisjoint(ancestors(path))


def ancestors(path: str) -> list[str]:
    """The folders in which a path lies, as they compare."""
    parts = folded(path).split("/")[:-1]
    return ["/".join(parts[: number + 1]) for number in range(len(parts))]


def public_path(path: str) -> str:
    """What stands in a link to a file, seen from the folder of the export: a page without its `index.html`."""
    path = path.removesuffix(INDEX) if posixpath.basename(path) == INDEX else path
    return quote(path, safe=SAFE)
