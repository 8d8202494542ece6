"""Archives that are damaged, cut short, or made by somebody who means harm. None of them changes anything."""

import gzip
import hashlib
import io
import json
import tarfile

import pytest
from django.core.management import CommandError, call_command

from iaec_site.backup.members import Writer
from tests.iaec_site.backup.sites import Site


@pytest.fixture(scope="module")
def members(empty_file):
    """{name: content} of the archive of a site with tables and one file, in order."""
    site = Site(empty_file.parent)
    (site.media / "documents").mkdir(parents=True)
    (site.media / "documents" / "a.pdf").write_bytes(b"%PDF")
    with tarfile.open(site.back_up()) as archive:
        return {info.name: archive.extractfile(info).read() for info in archive}


@pytest.fixture
def site(settings, tmp_path):
    """A storage with one file; `--check` asks no database."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    (tmp_path / "media" / "documents").mkdir(parents=True)
    (tmp_path / "media" / "documents" / "a.pdf").write_bytes(b"%PDF")
    return tmp_path


def refusal(site, data):
    path = site / "given.tar"
    path.write_bytes(data)
    with pytest.raises(CommandError) as refused:
        call_command("restore", path, check=True, stdout=io.StringIO())
    left = sorted(str(found.relative_to(site)) for found in site.rglob("*") if found.is_file())
    assert left == ["given.tar", "media/documents/a.pdf"]
    start = f"{path} is not taken: "
    return str(refused.value).removeprefix(start)


def packed(members):
    """A tar file of ours, with the seal that belongs to its manifest."""
    out = io.BytesIO()
    writer = Writer(out)
    members = members | {"manifest.sha256": hashlib.sha256(members["manifest.json"]).hexdigest().encode()}
    for name, data in members.items():
        writer.add(name, io.BytesIO(data), len(data))
    writer.end()
    return out.getvalue()


def with_manifest(members, change):
    manifest = json.loads(members["manifest.json"])
    change(manifest)
    return members | {"manifest.json": json.dumps(manifest).encode()}


def with_files(members, lines):
    """Another list of files, which its manifest believes."""
    text = "".join(json.dumps(line) + "\n" for line in lines).encode()
    data = gzip.compress(text)
    entry = {"bytes": len(text), "size": len(data), "sha256": hashlib.sha256(data).hexdigest(), "count": len(lines)}
    changed = with_manifest(members, lambda manifest: manifest["files"].update(entry))
    return changed | {"files.jsonl.gz": data}


def with_table(members, table, text):
    """Other rows of a table, of which the manifest has all checksums right but that of what they say."""
    data = gzip.compress(text)

    def change(manifest):
        entry = next(entry for entry in manifest["tables"] if entry["name"] == table)
        entry.update(bytes=len(text), size=len(data), sha256=hashlib.sha256(data).hexdigest())

    return with_manifest(members, change) | {f"database/{table}.jsonl.gz": data}


def listed(members):
    return [json.loads(line) for line in gzip.decompress(members["files.jsonl.gz"]).splitlines()]


def test_what_was_not_changed_is_taken(site, members):
    path = site / "given.tar"
    path.write_bytes(packed(members))
    out = io.StringIO()

    call_command("restore", path, check=True, stdout=out)

    assert out.getvalue().splitlines()[-1].startswith("The archive is whole: http://127.0.0.1:8000 as of ")
    assert out.getvalue().splitlines()[-1].endswith(" and 1 files.")


@pytest.mark.parametrize("part", [0, 100, 512, 0.3, 0.9, -1025, -600])
def test_cut_short(site, members, part):
    data = packed(members)
    end = int(part * len(data)) if isinstance(part, float) else part
    assert refusal(site, data[:end]) == "it is cut short."


def test_something_else(site):
    assert refusal(site, b"PK\x03\x04" * 1000) == "it is damaged, or no archive of this site."


def test_one_bit(site, members):
    for name in ("files/documents/a.pdf", "database/auth_permission.jsonl.gz", "files.jsonl.gz"):
        data = bytearray(members[name])
        data[len(data) // 2] ^= 1
        said = refusal(site, packed(members | {name: bytes(data)}))
        assert said == (
            "a file is damaged or missing: documents/a.pdf."
            if name.startswith("files/")
            else f"it is damaged: {name}."
        )
    data = packed(members)
    place = data.index(b'"made_at": "2') + 13
    assert refusal(site, data[:place] + b"9" + data[place + 1 :]) == "it is damaged: manifest.json."


@pytest.mark.parametrize(
    "name", ["../evil", "/etc/evil", "a/../../evil", "a//b", "a/./b", "", "a\\b", "a\0b", ".unpacking-1/a"]
)
def test_names_that_lead_elsewhere(site, members, name):
    lines = listed(members)
    lines[0][0] = name
    assert refusal(site, packed(with_files(members, lines))).startswith("the name of a file ")


@pytest.mark.parametrize("names", [["a", "a"], ["a", "a/b"], ["a/b", "a"]])
def test_two_files_in_one_place(site, members, names):
    (line,) = listed(members)
    changed = with_files(members, [[name, *line[1:]] for name in names])
    out = io.BytesIO()
    writer = Writer(out)
    changed["manifest.sha256"] = hashlib.sha256(changed["manifest.json"]).hexdigest().encode()
    for member, data in changed.items():
        for _time in range(2 if member.startswith("files/") else 1):
            writer.add(member, io.BytesIO(data), len(data))
    writer.end()
    assert refusal(site, out.getvalue()) == f"the file {names[1]} is in it twice, or is a folder too."


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE]
)
def test_links_and_devices(site, kind):
    info = tarfile.TarInfo("files/documents")
    info.type, info.linkname = kind, "/etc" if kind in (tarfile.SYMTYPE, tarfile.LNKTYPE) else ""
    data = info.tobuf(tarfile.USTAR_FORMAT) + bytes(1024)
    assert refusal(site, data).endswith("is not a plain file.")


def test_headers_that_are_a_gigabyte_long(site):
    info = tarfile.TarInfo("././@LongLink")
    info.type, info.size = tarfile.GNUTYPE_LONGNAME, 1 << 30
    assert refusal(site, info.tobuf(tarfile.USTAR_FORMAT)) == "“././@LongLink” is not a plain file."


def test_a_file_larger_than_the_disk(site):
    info = tarfile.TarInfo("files/a")
    info.size = 1 << 60
    said = refusal(site, info.tobuf(tarfile.GNU_FORMAT) + bytes(4096))
    assert said == "there is no room on the disk for all that it holds."


def test_rows_that_unpack_to_more_than_they_say(site, members):
    bomb = gzip.compress(bytes(50_000_000))
    changed = with_table(members, "agenda_event", b"") | {"database/agenda_event.jsonl.gz": bomb}

    def change(manifest):
        entry = next(entry for entry in manifest["tables"] if entry["name"] == "agenda_event")
        entry.update(size=len(bomb), sha256=hashlib.sha256(bomb).hexdigest())

    said = refusal(site, packed(with_manifest(changed, change)))
    assert said == "agenda_event.jsonl.gz holds more than it should."

    said = refusal(site, packed(with_manifest(members, lambda manifest: manifest["tables"][0].update(bytes=1 << 60))))
    assert said == "there is no room on the disk for all its rows."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"", "database/auth_group.jsonl.gz does not hold the rows that it should."),
        (b'[1,"another"]\n', "database/auth_group.jsonl.gz does not hold the rows that it should."),
        (b'[1,{"a":1}]\n', "a value of auth_group.name is none."),
        (b'[true,"a"]\n', "a value of auth_group.id is none."),
        (b'[1,"a",2]\n', "a row of auth_group has other columns."),
        (b'{"id":1}\n', "a row of auth_group has other columns."),
        (b"[" * 100_000 + b"\n", "auth_group.jsonl.gz cannot be read: "),
        (b"[1,", "auth_group.jsonl.gz holds more than it should."),
    ],
)
def test_other_rows(site, members, text, said):
    assert refusal(site, packed(with_table(members, "auth_group", text))).startswith(said)


def test_members_that_no_backup_has(site, members):
    assert refusal(site, packed({"database/../../x": b""} | members)) == (
        "it holds something that no backup holds: 'database/../../x'."
    )
    assert refusal(site, packed(members) + b"more") == "something follows after its end."
    without = {name: data for name, data in members.items() if name != "database/auth_user.jsonl.gz"}
    assert refusal(site, packed(without)) == "its tables are not those that it says it holds."
    without = {name: data for name, data in members.items() if not name.startswith("files/")}
    assert refusal(site, packed(without)) == "a file is damaged or missing: documents/a.pdf."


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'"x"', b"[" * 100_000, b'{"format": 1, "left_out": [], "a": 2}'])
def test_manifests_that_make_no_sense(site, members, data):
    said = refusal(site, packed(members | {"manifest.json": data}))
    assert said in {"it does not say what it holds.", "what it says of itself makes no sense."}


def test_other_versions(site, members):
    changed = with_manifest(members, lambda manifest: manifest["migrations"].append("agenda.9999_later"))
    assert "comes from a newer or another version of the site: this one does not know agenda.9999_later." in refusal(
        site, packed(changed)
    )
    changed = with_manifest(members, lambda manifest: manifest["migrations"].remove("search.0001_initial"))
    assert "comes from an older version of the site: search.0001_initial is missing." in refusal(site, packed(changed))
    changed = with_manifest(members, lambda manifest: manifest.update(format=2))
    assert refusal(site, packed(changed)) == "it is of format 2, and this version of the site knows format 1 alone."
    changed = with_manifest(members, lambda manifest: manifest["tables"][0]["columns"].pop())
    assert refusal(site, packed(changed)) == "its tables are not those of this version of the site."
