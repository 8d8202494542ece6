"""Every row and every file is the same afterwards, from either database to either."""

from iaec_site.backup.folder import NAME
from tests.iaec_site.backup.conftest import new_database
from tests.iaec_site.backup.sites import Site, assert_same


def test_a_site_is_the_same_on_postgresql_and_back_on_sqlite(original, archive, on_postgresql, empty_site):
    assert_same(original, on_postgresql)
    # Before anything is tried there: PostgreSQL gives no number twice, not even one that was rolled back.
    from_postgresql = on_postgresql.back_up()
    # Of what was deleted no number comes back: the history would take the new item for it.
    assert on_postgresql.next_number() == original.next_number() == original.number_that_is_gone + 1

    empty_site.manage("restore", from_postgresql)

    assert_same(original, empty_site)
    assert empty_site.next_number() == original.number_that_is_gone + 1
    assert NAME.fullmatch(archive.name)
    assert archive.stat().st_mode & 0o777 == 0o600


def test_an_archive_holds_no_session_and_says_so(original, on_postgresql):
    count = "import django; django.setup()\nfrom django.contrib.sessions.models import Session\n"
    count += "print(Session.objects.count())"
    assert (original.python(count), on_postgresql.python(count)) == ("1", "0")
    assert on_postgresql.said.splitlines()[-1].endswith("Everybody signs in anew.")


def test_a_database_moves_to_postgresql_and_back(server, original, tmp_path):
    there = Site(original.folder, new_database(server))
    said = original.manage("move_database", "--to", there.database)
    assert_same(original, there)
    assert there.next_number() == original.number_that_is_gone + 1
    counted = {line.split()[0]: line.split()[1:] for line in said.splitlines() if line.endswith("the same")}
    assert counted["agenda_event"] == [str(number_of(original, "agenda.event")), "the", "same"]
    # Whoever is signed in stays so.
    assert counted["django_session"] == ["1", "the", "same"]

    back = Site(original.folder, f"sqlite:///{tmp_path}/back.sqlite3")
    there.manage("move_database", "--to", back.database)
    assert_same(original, back)


def test_a_database_does_not_move_where_something_is_already(server, original, on_postgresql):
    before = on_postgresql.rows()
    refused = original.try_to("move_database", "--to", on_postgresql.database)
    assert (refused.returncode, refused.stderr) == (
        1,
        "CommandError: The new database is not empty (agenda_event).\n",
    )
    itself = original.try_to("move_database", "--to", original.database)
    assert itself.stderr == "CommandError: That is the database which the site has already.\n"
    assert on_postgresql.rows() == before

    address = new_database(server)
    strangers = Site(original.folder, address)
    import psycopg

    with psycopg.connect(address.replace("postgres://", "postgresql://")) as connection:
        connection.execute("CREATE TABLE shop (id int)")
    refused = original.try_to("move_database", "--to", strangers.database)
    assert refused.stderr == "CommandError: The new database is not empty (shop).\n"


def test_a_site_that_is_there_gives_way_only_when_told_so(copied, archive, original):
    change = "import django; django.setup()\nfrom news.models import Post\nPost.objects.all().delete()"
    copied.python(change)
    extra = copied.media / "documents" / "extra.pdf"
    extra.write_bytes(b"extra")
    before = copied.rows()
    number = copied.folder / "generation"
    first = number.read_bytes()[:8]

    refused = copied.try_to("restore", archive)
    assert refused.returncode == 1
    assert refused.stderr.startswith(
        "CommandError: The database holds a site, or something else, already (agenda_event)"
    )
    assert copied.rows() == before
    assert extra.exists()

    copied.manage("restore", archive, "--overwrite")
    assert_same(original, copied)
    # No ready page of the old site is shown any more.
    assert int.from_bytes(number.read_bytes()[:8], "little") > int.from_bytes(first, "little")


def number_of(site, model):
    return sum(item["model"] == model for item in site.rows())


def test_no_letter_goes_out_by_itself_after_a_restore(copied, empty_site):
    """What was sent after the backup was made is not known to it."""
    copied.python(MAKE_ISSUES)
    said = empty_site.manage("restore", copied.back_up())

    told = "2 issues of the newsletter that were to be sent wait for somebody to look at them."
    assert said.splitlines()[-2] == told
    assert empty_site.python(SHOW_ISSUES).splitlines() == ["approved None True", "paused None True", "sent None False"]


SET_UP = "import django; django.setup()\nfrom newsletter.models import Issue\nfrom django.utils import timezone\n"
MAKE_ISSUES = SET_UP + (
    "Issue.objects.create(subject_en='A', state='sending', number=1)\n"
    "Issue.objects.create(subject_en='B', state='approved', send_at=timezone.now())\n"
    "Issue.objects.create(subject_en='C', state='sent', number=2)\n"
)
SHOW_ISSUES = SET_UP + (
    "for issue in Issue.objects.order_by('state'): print(issue.state, issue.send_at, bool(issue.trouble))\n"
)
