"""Pictures and documents out of a copy of `wp-content/uploads`. Nothing is ever fetched.

A file is known by its path within that folder, “2019/05/school.jpg”: plugins for languages have one attachment for
each language of the same file. What a path names has to lie in the folder, links of the file system included, and is
judged by its content as an upload of an editor's would be.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import override

from moving_in.address_keys import SIZE, host_and_path, path_key
from moving_in.ledger import Ledger, digest
from moving_in.models import MovedThing
from moving_in.old_addresses import OldAddresses
from moving_in.staging import Staging
from moving_in.texts.converting import plain
from moving_in.wxr.records import Item
from pictures.files import files_removed_on_error
from pictures.models import Picture, alt_field
from pictures.uploads import MAX_BYTES, damage_refused, open_picture, refusal
from publications.models import Document, Publication, PublicationFile
from publications.uploads import inspected
from publishing.models import State

PICTURES = frozenset("jpg jpeg jpe png webp avif gif bmp tif tiff heic svg ico".split())
LONGEST_PATH = 380
UPLOADS = re.compile(r"/(?:wp-content/(?:uploads|blogs\.dir/\d+/files)(?:/sites/\d+)?|files)/(.+)$")
OF_WORDPRESS_COM = re.compile(r"[\w-]+\.files\.wordpress\.com")
PHOTON = re.compile(r"i[0-9]\.wp\.com")


class MediaFolder:
    """`folder` is None where the webmaster gave none."""

    def __init__(self, folder: Path | None, hosts: set[str]):
        self.folder = folder.resolve() if folder else None
        self.hosts = hosts

    def path_in(self, address: str, *, any_host: bool = False) -> str:
        """The path within the folder of uploads that an address names; "" for one that leads elsewhere."""
        try:
            parts = urlsplit(address.strip())
            host = (parts.hostname or "").lower()
        except ValueError:
            return ""
        path = unquote(parts.path)
        if PHOTON.fullmatch(host):  # a service of WordPress's that shows pictures of a site smaller
            host, _, rest = path.lstrip("/").partition("/")
            path = f"/{rest}"
        if not (any_host or not host or host.removeprefix("www.") in self.hosts):
            return ""
        if OF_WORDPRESS_COM.fullmatch(host):
            return spelled(path)
        match = UPLOADS.search(path)
        return spelled(match[1]) if match else ""

    def file(self, path: str) -> Path | None:
        """The file, if there is one within the folder; whoever leads out of it finds nothing."""
        if self.folder is None:
            return None
        for form in ("NFC", "NFD"):
            try:
                found = (self.folder / unicodedata.normalize(form, path)).resolve()
            except (OSError, ValueError, RuntimeError):
                return None
            if found.is_relative_to(self.folder) and found.is_file():
                return found
        return None


def spelled(path: str) -> str:
    path = path.strip("/")
    if len(path) > LONGEST_PATH or any(part in ("", ".", "..") for part in path.split("/")) or "\\" in path:
        return ""
    return "" if any(ord(letter) < 32 for letter in path) else unicodedata.normalize("NFC", path)


def spellings(path: str) -> list[str]:
    """The path, then those of the picture that it may be a smaller size of."""
    whole = SIZE.sub("", path)
    stem, _, ending = whole.rpartition(".")
    return list(dict.fromkeys([path, whole, f"{stem}-scaled.{ending}"]))


class Media:
    """Takes files over, each once. In a dry run they are judged and get rows, which are taken back, but no file."""

    def __init__(self, folder: MediaFolder, ledger: Ledger, staging: Staging, addresses: OldAddresses, dry_run: bool):
        self.folder = folder
        self.ledger = ledger
        self.staging = staging
        self.report = staging.report
        self.addresses = addresses
        self.dry_run = dry_run
        self.refused: set[str] = set()

    def path_of(self, item: Item) -> str:
        """Of an attachment."""
        return spelled(item.meta.get("_wp_attached_file", "")) or self.folder.path_in(item.file_address, any_host=True)

    def bring_in(self, item: Item, language: str) -> None:
        """One attachment."""
        path = self.path_of(item)
        if not path:
            self.report.note("media", f"its file has no address that can be read: {item.file_address}", item.number)
            return
        self.staging.note_file(path, item.number)
        thing = self.thing(path) or self.take(path, item, language)
        if thing is None:
            return
        found = self.ledger.item(thing)
        if isinstance(found, Picture):
            self.describe(found, thing, item, language)
        addresses = [path_key(unquote(host_and_path(address)[1])) for address in (item.file_address, item.link)]
        self.note_addresses(thing, found, language, [f"/?p={item.number}", *filter(None, addresses)], item.number)

    def note_addresses(self, thing: MovedThing, found, language: str, keys: list[str], number: int) -> None:
        """Once: an address that a webmaster took away stays away."""
        name = f"addresses of {number}"
        if found is not None and thing.written.get(name) != digest(keys):
            self.addresses.add(found, language, keys, number)
            thing.written[name] = digest(keys)
            thing.save()

    def thing(self, path: str) -> MovedThing | None:
        return self.ledger.thing(MovedThing.Kind.FILE, path)

    def take(self, path: str, item: Item | None, language: str) -> MovedThing | None:
        """A file that is not here yet; None where it cannot be."""
        if path in self.refused:
            return None
        number, ending = (item.number if item else 0), path.rpartition(".")[2].lower()
        file = self.folder.file(path)
        if file is None:
            if self.folder.folder is not None:
                self.refuse(path, f"{path} is not in the folder", number)
            return None
        try:
            if ending == "pdf":
                return self.take_document(file, path, item, language)
            if ending in PICTURES:
                return self.take_picture(file, path, item, language)
        except ValidationError as error:
            with override("en"):
                self.refuse(path, f"{path}: {' '.join(map(str, error.messages))}", number)
            return None
        except OSError as error:
            self.refuse(path, f"{path} cannot be read: {error.strerror}", number)
            return None
        self.refuse(path, f"{path}: the site keeps pictures and PDF files, and no others", number)
        return None

    def refuse(self, path: str, why: str, number: int) -> None:
        self.refused.add(path)
        self.report.note("media", why, number)

    def take_picture(self, file: Path, path: str, item: Item | None, language: str) -> MovedThing:
        title = plain(item.title)[:120] if item else ""
        with file.open("rb") as opened:
            upload = File(opened, name=file.name)
            if self.dry_run:
                width, height = looked_at(upload)
                picture = Picture(file=f"pictures/{file.name}"[:100], title=title, width=width, height=height)
            else:
                picture = Picture(file=upload, title=title)
            picture.source_language = language
            with files_removed_on_error():
                picture.save()
                thing = self.ledger.add(MovedThing.Kind.FILE, path, picture, language, is_finished=True)
        self.report.count("pictures taken over")
        return thing

    def describe(self, picture: Picture, thing: MovedThing, item: Item, language: str) -> None:
        """Its alternative text in one language, where nobody has written another here."""
        alt = " ".join(plain(item.meta.get("_wp_attachment_image_alt", "")).split())[:300]
        self.fill_alt(picture, thing, alt, language)

    def fill_alt(self, picture: Picture, thing: MovedThing, alt: str, language: str) -> None:
        column = alt_field(language)
        if alt and not picture.alt_in(language) and column not in thing.written:
            if not picture.alt_in(picture.source_language):
                picture.source_language = language
            setattr(picture, column, alt)
            picture.save()
            thing.written[column] = "taken over"
            thing.save()

    def take_document(self, file: Path, path: str, item: Item | None, language: str) -> MovedThing:
        title = " ".join(plain(item.title).split())[:200] if item else ""
        with file.open("rb") as opened, files_removed_on_error():
            upload = File(opened, name=file.name)
            if self.dry_run:
                inspected(upload)
                document = Document(file=f"documents/{file.name}"[:100], title=title or file.stem[:200])
            else:
                document = Document(file=upload, title=title)
            document.save()
            title = title or document.title or file.stem
            publication = Publication(source_language=language, date=(item.date[:10] if item else "") or "")
            if publication.date.startswith("0000") or len(publication.date) != 10:
                publication.date = ""
            setattr(publication, f"title_{language}", title)
            publication.save()
            PublicationFile.objects.create(publication=publication, language=language, document=document)
            thing = self.ledger.add(MovedThing.Kind.FILE, path, publication, language, is_finished=True)
        self.report.count("PDF files taken over")
        return thing

    def picture_at(self, address: str, language: str, alt: str = "") -> Picture | None:
        """The picture that an address shows, whatever its size there."""
        thing = self.thing_at(address, language)
        found = self.ledger.item(thing) if thing else None
        if not isinstance(found, Picture):
            return None
        if alt:
            self.fill_alt(found, thing, alt, language)
        return found

    def document_at(self, address: str, language: str, *, is_public: bool) -> str:
        """The address of a PDF file here; it becomes public with the first text that everybody may read."""
        thing = self.thing_at(address, language)
        found = self.ledger.item(thing) if thing else None
        if not isinstance(found, Publication):
            return ""
        if is_public and found.state == State.DRAFT and "state" not in thing.written:
            found.publish()
            thing.written["state"] = "published"
            thing.save()
        file = found.files.order_by("pk").first()
        return file.get_absolute_url() if file else ""

    def thing_at(self, address: str, language: str) -> MovedThing | None:
        path = self.folder.path_in(address)
        if not path:
            return None
        for spelling in spellings(path):
            if thing := self.thing(spelling):
                return thing
        for spelling in spellings(path):
            if self.folder.file(spelling) and (thing := self.take(spelling, None, language)):
                item = self.ledger.item(thing)
                keys = list(filter(None, [path_key(unquote(host_and_path(address)[1]))]))
                self.note_addresses(thing, item, language, keys, 0)
                return thing
        return None


def looked_at(upload: File) -> tuple[int, int]:
    """(width, height) of a picture that the library would take; raises ValidationError for any other."""
    if upload.size > MAX_BYTES:
        raise refusal("too_many_bytes")
    data = upload.read(MAX_BYTES + 1)
    image = open_picture(data)
    with damage_refused(data):
        image.load()
    return image.size
