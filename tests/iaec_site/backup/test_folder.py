"""Which archives stay, and what lies in their folder besides."""

import os
import shutil
import subprocess
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command

from iaec_site.backup.folder import Keep, locked, new_archive, parse_keep, rotate, superfluous
from tests.iaec_site.backup.sites import Site

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)


def kept(moments, *keep):
    return sorted(set(moments) - superfluous(moments, Keep(*keep)))


def test_the_newest_of_each_day_week_and_month_stays():
    every_six_hours = [NOON - timedelta(hours=6) * number for number in range(4 * 800)]

    found = kept(every_six_hours, 3, 2, 3)

    assert [f"{moment:%Y-%m-%d %H}" for moment in found] == [
        "2026-09-30 18",
        "2026-10-31 18",
        "2026-11-28 18",
        "2026-11-29 18",
        "2026-11-30 12",
    ]


def test_days_without_a_backup_are_not_counted():
    moments = [NOON, NOON - timedelta(days=40), NOON - timedelta(days=90)]
    assert kept(moments, 2, 0, 0) == sorted(moments[:2])


@pytest.mark.parametrize("keep", [(0, 0, 0), (9, 9, 9)])
def test_nothing_goes_when_all_is_kept(keep):
    moments = [NOON - timedelta(days=number) for number in range(9)]
    assert kept(moments, *keep) == sorted(moments)


def test_the_newest_always_stays():
    assert kept([NOON, NOON - timedelta(hours=1)], 0, 0, 1) == [NOON]


def test_files_of_others_stay(tmp_path):
    for name in ("site-20260101T000000Z.tar", "site-20260102T000000Z.tar.age", "site-old.tar", "notes.txt"):
        (tmp_path / name).touch()

    removed = rotate(tmp_path, parse_keep("1,0,0"))

    assert [path.name for path in removed] == ["site-20260101T000000Z.tar"]
    left = sorted(path.name for path in tmp_path.iterdir())
    assert left == ["notes.txt", "site-20260102T000000Z.tar.age", "site-old.tar"]


@pytest.mark.parametrize("text", ["", "7", "7,4", "7,4,12,1", "7,4,x", "7,4,-1"])
def test_what_to_keep_is_three_numbers(text):
    with pytest.raises(CommandError) as refused:
        call_command("backup", keep=text)
    assert str(refused.value) == f"“{text}” does not say how many days, weeks and months to keep, as in 7,4,12."


def test_an_archive_that_fails_leaves_nothing(tmp_path):
    def fail():
        with new_archive(tmp_path, NOON, "") as (file, path):
            file.write(b"a part")
            assert not path.exists()
            raise OSError("full")

    with pytest.raises(OSError, match="full"):
        fail()
    assert list(tmp_path.iterdir()) == []


def test_one_backup_at_a_time(tmp_path):
    with locked(tmp_path, ""), pytest.raises(CommandError) as refused:
        call_command("backup", to=tmp_path)
    assert str(refused.value) == f"Another backup is being made in {tmp_path}."
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def site(tmp_path, empty_file):
    shutil.copy(empty_file, tmp_path / "site.sqlite3")
    site = Site(tmp_path)
    (site.media / "documents").mkdir(parents=True)
    (site.media / "documents" / "a.pdf").write_bytes(os.urandom(3_000_000))
    return site


def other_than(path, data):
    path.write_bytes(data)
    return path


def test_an_archive_for_a_key_of_gnupg(site, tmp_path):
    if not shutil.which("gpg"):
        pytest.skip("gpg is not installed")
    home = tmp_path / "gnupg"
    home.mkdir(mode=0o700)
    environment = {"GNUPGHOME": str(home)}
    made = ["gpg", "--batch", "--quiet", "--passphrase", "", "--quick-generate-key", "Backup <b@example.org>"]
    subprocess.run(made, env=os.environ | environment, check=True, capture_output=True)
    try:
        check_encrypted(site, ".gpg", environment, recipient="b@example.org")
        refused = site.try_to("backup", "--recipient", "nobody@example.org", **environment)
        assert refused.returncode == 1
        assert refused.stderr.startswith("CommandError: The archive could not be encrypted for nobody@example.org: ")
        assert len(list((site.folder / "backups").iterdir())) == 1
    finally:
        subprocess.run(["gpgconf", "--kill", "all"], env=os.environ | environment, check=False)


def test_an_archive_for_a_key_of_age(site, tmp_path):
    if not shutil.which("age"):
        pytest.skip("age is not installed")
    subprocess.run(["age-keygen", "-o", tmp_path / "key"], check=True, capture_output=True)
    public = next(line for line in (tmp_path / "key").read_text().splitlines() if "public key" in line).split()[-1]
    check_encrypted(site, ".age", {"BACKUP_IDENTITY": str(tmp_path / "key")}, recipient=public)
    refused = site.try_to("restore", site.archives[0], "--check")
    assert refused.stderr == "CommandError: Name the file with the private key: --identity, or BACKUP_IDENTITY.\n"


def check_encrypted(site, ending, environment, recipient):
    """Round trip; then cut short and changed, it is refused."""
    files = site.files()
    site.manage("backup", BACKUP_RECIPIENT=recipient, **environment)
    (archive,) = site.archives
    assert archive.name.endswith(f".tar{ending}")
    data = archive.read_bytes()
    assert b"manifest.json" not in data
    shutil.rmtree(site.media)

    site.manage("restore", archive, "--overwrite", **environment)

    assert site.files() == files
    middle = len(data) // 2
    for changed in (data[:middle], data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]):
        refused = site.try_to("restore", other_than(site.folder / f"b.tar{ending}", changed), "--check", **environment)
        assert refused.returncode == 1
        assert refused.stderr.splitlines()[-1].startswith("CommandError: ")
    assert site.files() == files
