import csv
import io
import zipfile

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from newsletter.import_tables import LONGEST_LINE
from newsletter.models import Subscriber, Suppressed
from newsletter.suppression import suppress
from tests.factories import make_network, make_subscriber, make_theme

pytestmark = pytest.mark.django_db
HEADER = "email,language,consent_date,consent_source"
GOOD = "anna@example.org,es,2019-05-04,Mailchimp form of 2019"


@pytest.fixture
def bring_in(tmp_path):
    def run(text, *options, encoding="utf-8"):
        file = tmp_path / "readers.csv"
        file.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        said = io.StringIO()
        call_command("import_subscribers", file, *options, stdout=said)
        return said.getvalue().splitlines()

    return run


def rows():
    return list(Subscriber.objects.order_by("pk").values_list("email", "language", "frequency", "consent_source"))


def test_a_reader_comes_in_with_the_proof_and_without_a_letter(bring_in, mailoutbox):
    network, theme = make_network(slug_es="red-italiana"), make_theme(key="health")
    said = bring_in(
        f"{HEADER},networks,themes,frequency\n{GOOD},RED-italiana,health; HEALTH,monthly\n"
        "bert@bücher.example,pt_BR,2020-01-02T03:04:05+02:00,Paper list; see folder 7,,,\n"
    )

    assert said == ["2 readers brought in, 0 known already, 0 refused."]
    anna, bert = Subscriber.objects.order_by("pk")
    assert (anna.email, anna.state, anna.language, anna.frequency) == (
        "anna@example.org",
        "confirmed",
        "es",
        "monthly",
    )
    assert (list(anna.networks.all()), list(anna.themes.all())) == ([network], [theme])
    assert (anna.consent_source, anna.consent, anna.consent_language) == ("Mailchimp form of 2019", None, "es")
    assert anna.signed_up_at == anna.confirmed_at
    assert anna.signed_up_at.isoformat() == "2019-05-04T00:00:00+00:00"
    assert (bert.email, bert.language, bert.frequency) == ("bert@xn--bcher-kva.example", "pt", "each_issue")
    assert bert.signed_up_at.isoformat() == "2020-01-02T01:04:05+00:00"
    assert (anna.imported_at is None, anna.preferences_token == bert.preferences_token, mailoutbox) == (
        False,
        False,
        [],
    )


def test_a_second_time_nobody_comes_in_and_what_readers_chose_stays(bring_in):
    bring_in(f"{HEADER}\n{GOOD}\n")
    Subscriber.objects.update(language="fr")
    before = Subscriber.objects.values().get()

    assert bring_in(f"{HEADER}\nANNA@example.org,es,2019-05-04,x\n") == [
        "0 readers brought in, 1 known already, 0 refused."
    ]
    assert Subscriber.objects.values().get() == before


def test_a_dry_run_says_the_same_and_writes_nothing(bring_in):
    table = f"{HEADER}\n{GOOD}\n{GOOD}\nbert@example.org,,2019-05-04,x\n"
    dry = bring_in(table, "--dry-run")
    assert Subscriber.objects.count() == 0
    real = bring_in(table)

    assert dry == [
        "Line 3: The same address as in line 2.",
        "Line 4: Without a language.",
        "1 readers would be brought in, 0 known already, 2 refused.",
    ]
    assert real == [*dry[:2], "1 readers brought in, 0 known already, 2 refused."]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("anna,es,2019-05-04,x", "No complete e-mail address."),
        ("anna@localhost,es,2019-05-04,x", "No complete e-mail address."),
        ('"anna@example.org\tBcc: b@example.org",es,2019-05-04,x', "No complete e-mail address."),
        ("anna@example.org,,2019-05-04,x", "Without a language."),
        ("anna@example.org,de,2019-05-04,x", "A language that the site does not have: de."),
        ("anna@example.org,es,,x", "Without the date of the consent."),
        ("anna@example.org,es,04/05/2019,x", "The date is not written like 2026-11-30: 04/05/2019."),
        ("anna@example.org,es,2019-02-30,x", "The date is not written like 2026-11-30: 2019-02-30."),
        ("anna@example.org,es,2999-01-01,x", "No such consent can have been given on 2999-01-01."),
        ("anna@example.org,es,1066-10-14,x", "No such consent can have been given on 1066-10-14."),
        ("anna@example.org,es,2019-05-04, ", "Without the source of the consent."),
        (
            f"anna@example.org,es,2019-05-04,{'x' * 301}",
            "The source of the consent is longer than 300 letters, or no single line.",
        ),
        ("anna@example.org,es,2019-05-04", "The line has 3 columns, the first one 4."),
        ("anna@example.org,es,2019-05-04,a,b", "The line has 5 columns, the first one 4."),
        ("anna@example.org,es,2019-05-04,\0", "The line holds letters that cannot be read."),
        ('anna@example.org,es,2019-05-04,"never closed', "The line cannot be read, or is too long."),
        (f"anna@example.org,es,2019-05-04,{'x' * LONGEST_LINE}", "The line cannot be read, or is too long."),
        (f"anna@example.org,es,2019-05-04,{'x' * 3 * LONGEST_LINE}", "The line cannot be read, or is too long."),
    ],
)
def test_a_line_that_proves_nothing_is_refused_with_its_number_and_the_next_is_read(bring_in, line, reason):
    said = bring_in(f"{HEADER}\n\n{line}\nbert@example.org,es,2019-05-04,x\n")
    assert said == [f"Line 3: {reason}", "1 readers brought in, 0 known already, 1 refused."]
    assert [row[0] for row in rows()] == ["bert@example.org"]


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("networks", "Nowhere", "An unknown network: Nowhere."),
        ("themes", "health;x", "An unknown subject: x."),
        ("frequency", "hourly", "An unknown frequency: hourly."),
        ("state", "left", "Is not confirmed (left)."),
    ],
)
def test_what_the_site_does_not_know_is_refused(bring_in, column, value, reason):
    make_theme(key="health")
    assert bring_in(f"{HEADER},{column}\n{GOOD},{value}\n")[0] == f"Line 2: {reason}"


def test_a_name_that_two_networks_have_is_none(bring_in):
    make_network(name_es="Red"), make_network(name_es="RED")
    assert bring_in(f"{HEADER},networks\n{GOOD},Red\n")[0] == "Line 2: An unknown network: Red."


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        ("pending", "Has signed up here and not confirmed yet."),
        ("left", "Has left the list. Only they can come back, by signing up."),
        ("bounced", "Cannot be reached: letters came back."),
    ],
)
def test_whoever_has_not_confirmed_here_or_left_stays_as_they_are(bring_in, state, reason):
    make_subscriber(email="Anna@example.org", state=state, confirmed_at=None)
    before = Subscriber.objects.values().get()
    assert bring_in(f"{HEADER}\n{GOOD}\n") == [
        f"Line 2: {reason}",
        "0 readers brought in, 0 known already, 1 refused.",
    ]
    assert Subscriber.objects.values().get() == before


def test_suppressed_addresses_stay_out(bring_in):
    suppress("Anna@Example.org", Suppressed.Reason.ERASED)
    said = bring_in(f"{HEADER}\n{GOOD}\nbert@example.org,es,2019-05-04,x\n")
    assert said[0] == "Line 2: Is on the list of addresses that must not be written to."
    assert [row[0] for row in rows()] == ["bert@example.org"]


@pytest.mark.parametrize(
    ("encoding", "separator"),
    [("utf-8", ","), ("utf-8-sig", ";"), ("utf-16", "\t"), ("cp1252", ";"), ("utf-8", "|")],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_files_of_other_programs(bring_in, encoding, separator, end):
    header = separator.join(f'"{name}"' for name in reversed(HEADER.upper().split(",")))
    line = separator.join(['"Formulaire à l’école, 2019"', "2019-05-04", "fr", "anna@example.org"])
    bring_in(f"{header}{end}{line}{end}", encoding=encoding)
    assert rows() == [("anna@example.org", "fr", "each_issue", "Formulaire à l’école, 2019")]


@pytest.mark.parametrize(
    ("table", "complaint"),
    [
        ("", "The file is empty."),
        (b"\xef\xbb\xbf", "The file is empty."),
        ("email,language\n", "The first line has to name the columns. Missing: consent_date, consent_source."),
        (f"{HEADER},email\n", "Columns that stand there twice, or far too many of them."),
        (HEADER + "," * 200, "Columns that stand there twice, or far too many of them."),
        (b"PK\x03\x04" + bytes(range(256)) * 1000, "The first line has to name the columns."),
        ("x" * 100_000, "The file is empty."),
    ],
)
def test_what_is_no_table_of_readers_is_refused_as_a_whole(bring_in, table, complaint):
    with pytest.raises(CommandError) as error:
        bring_in(table)
    assert str(error.value).startswith(complaint)


def test_the_report_holds_every_refused_line_and_no_formula(bring_in, tmp_path):
    lines = "".join(f"=cmd|' /C calc'!A{number}@x,es,2019-05-04,x\n" for number in range(7))
    said = bring_in(f"{HEADER}\n{lines}", "--report", str(tmp_path / "refused.csv"))

    with open(tmp_path / "refused.csv", newline="") as file:
        found = list(csv.DictReader(file))
    assert [(row["line"], row["email"][:5], row["reason"]) for row in found] == [
        (str(number), "'=cmd", "No complete e-mail address.") for number in range(2, 9)
    ]
    assert said[5:] == [
        "… and 2 more: No complete e-mail address.",
        "0 readers brought in, 0 known already, 7 refused.",
    ]


def test_a_portion_is_written_in_few_queries(bring_in, django_assert_max_num_queries):
    # SQLite takes some forty rows at once.
    with django_assert_max_num_queries(16):
        bring_in(HEADER + "".join(f"\nreader{number}@example.org,es,2019-05-04,x" for number in range(400)))
    assert Subscriber.objects.count() == 400


def test_somebody_who_signs_up_while_the_list_comes_in_is_not_brought_in_twice(bring_in):
    beaten = []

    def be_quicker(execute, sql, params, many, context):
        if sql.startswith("INSERT INTO") and "newsletter_subscriber" in sql and not beaten:
            beaten.append(True)
            make_subscriber(email="ANNA@example.org")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(be_quicker):
        said = bring_in(f"{HEADER}\n{GOOD}\nbert@example.org,es,2019-05-04,x\n")

    # What the other one wrote is taken back with the portion: within a test all is one transaction.
    assert (beaten, said) == ([True], ["2 readers brought in, 0 known already, 0 refused."])
    assert sorted(row[0] for row in rows()) == ["anna@example.org", "bert@example.org"]


def test_everything_is_exported_and_the_readers_come_in_again_elsewhere(bring_in, tmp_path):
    network, theme = make_network(slug_en="italy"), make_theme(key="health")
    bring_in(
        f"{HEADER},networks,themes,frequency\n+anna@example.org,es,2019-05-04,=HYPERLINK(),italy,health,monthly\n"
        "bert@example.org,fr,2020-05-04T10:00:00+00:00,a form,,,\n"
    )
    make_subscriber(email="left@example.org", state="left", confirmed_at=None)
    suppress("erased@example.org", Suppressed.Reason.ERASED)
    said = io.StringIO()
    call_command("export_subscribers", tmp_path / "all.zip", stdout=said)
    before = rows()

    tables = zipfile.ZipFile(tmp_path / "all.zip")
    cells = tables.read("readers.csv").decode()
    Subscriber.objects.all().delete()
    again = bring_in(cells)

    assert said.getvalue() == (
        "readers.csv: 3, consent_texts.csv: 1, deliveries.csv: 0, bounces.csv: 0, suppressed.csv: 1.\n"
    )
    assert (tmp_path / "all.zip").stat().st_mode & 0o777 == 0o600
    assert cells.splitlines()[1].startswith("'+anna@example.org,confirmed,es,monthly,italy,health,2019-05-04T00:00:00")
    assert ",'=HYPERLINK()," in cells
    assert again == ["Line 4: Is not confirmed (left).", "2 readers brought in, 0 known already, 1 refused."]
    assert rows() == before[:2]
    anna = Subscriber.objects.get(email="+anna@example.org")
    assert (list(anna.networks.all()), list(anna.themes.all())) == ([network], [theme])
    assert "erased@" not in tables.read("suppressed.csv").decode()
    with pytest.raises(CommandError, match="File exists"):
        call_command("export_subscribers", tmp_path / "all.zip")


def test_an_export_holds_no_secret(tmp_path):
    reader = make_subscriber(email="anna@example.org")
    call_command("export_subscribers", tmp_path / "all.zip", stdout=io.StringIO())
    archive = zipfile.ZipFile(tmp_path / "all.zip")
    everything = b"".join(archive.read(name) for name in archive.namelist()).decode()
    tokens = [reader.confirmation_token, reader.leaving_token, reader.preferences_token]
    assert [token in everything for token in ("anna@example.org", *tokens)] == [True, False, False, False]
