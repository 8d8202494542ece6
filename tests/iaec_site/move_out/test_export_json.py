"""All content comes out, as it is in the database, and nothing of anybody's account or address."""

import json
from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.conf import settings
from modeltranslation.translator import NotRegistered, translator

from iaec_site.content_export.kinds import CONTENT, LEFT_OUT, NAMES, PERSONAL_FIELDS
from iaec_site.personal_data import DATA
from tests.iaec_site.move_out.json_schema import violations

LANGUAGES = [code for code, _name in settings.LANGUAGES]


@pytest.fixture(scope="module")
def exported(site, tmp_path_factory):
    path = tmp_path_factory.mktemp("json") / "content.json"
    site.manage("export_json", path)
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def content(exported):
    return exported["content"]


def test_every_model_is_exported_or_named_as_left_out_with_a_reason():
    models = {
        model._meta.label
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    }

    assert sorted([*CONTENT, *LEFT_OUT]) == sorted(models)
    assert [label for label, reason in LEFT_OUT.items() if len(reason) < 10] == []
    assert set(PERSONAL_FIELDS) | set(NAMES) <= set(CONTENT)


def test_no_field_leads_to_an_account_and_what_holds_personal_data_is_content_by_itself():
    to_accounts = {
        (label, field.name)
        for label in CONTENT
        for field in apps.get_model(label)._meta.concrete_fields
        if field.related_model is not None and field.related_model._meta.label == "auth.User"
    }

    assert to_accounts == {(label, name) for label, names in PERSONAL_FIELDS.items() for name in names}
    # Of these the export takes what is no person: the texts of a copy, the state of a translation, an issue, a credit.
    assert {datum.model for datum in DATA} & set(CONTENT) == {
        "desk.WorkingCopy",
        "newsletter.Issue",
        "pictures.Picture",
        "translations.TranslationEntry",
    }


def translated_names(model):
    try:
        return set(translator.get_options_for_model(model).all_fields)
    except NotRegistered:
        return set()


@pytest.fixture(scope="module")
def dumped(site):
    """{label: rows} as Django's own serializer writes them, which knows nothing of this export."""
    found = {}
    labels = [*CONTENT, "contenttypes.ContentType", "networks.Membership"]
    for row in json.loads(site.manage("dumpdata", "--all", *labels)):
        found.setdefault(row["model"], []).append(row)
    return {label: found.get(label.lower(), []) for label in labels}


def test_every_field_of_every_row_is_as_in_the_database(dumped, exported):
    assert list(exported["content"]) == [label.lower() for label in CONTENT]
    types = {row["pk"]: "{app_label}.{model}".format(**row["fields"]) for row in dumped["contenttypes.ContentType"]}
    for label in CONTENT:
        model = apps.get_model(label)
        rows, items = dumped[label], exported["content"][label.lower()]
        assert [item["id"] for item in items] == sorted(row["pk"] for row in rows)
        assert exported["counts"][label.lower()] == len(rows)
        by_key = {row["pk"]: row["fields"] for row in rows}
        for item in items:
            assert as_django_says(item, model) == as_it_ought_to_be(by_key[item["id"]], model, types)


def as_django_says(item, model):
    """The item with numbers for references and moments to the millisecond, which is all that Django's JSON says."""
    fields = {field.name: field for field in model._meta.get_fields()}
    found = {}
    for name, value in item.items():
        if name in {"ref", "id"}:
            continue
        kind = fields[name].get_internal_type() if name in fields else ""
        if name == "about":
            found |= {"content_type": value and value["kind"], "object_id": value and value["id"]}
        elif kind == "ManyToManyField":
            # Django leaves out what goes by way of a table with a model of its own.
            if fields[name].remote_field.through._meta.auto_created:
                found[name] = [one["id"] for one in value]
        elif kind in {"ForeignKey", "OneToOneField"}:
            found[name] = value and value["id"]
        elif name == "former_slugs":
            found[name] = "".join(f" {one['language']}:{one['slug']} " for one in value)
        elif kind == "FileField":
            found[name] = value["path"] if value else ""
        elif kind == "DateTimeField" and value:
            found[name] = to_the_millisecond(value)
        else:
            found[name] = value
    return found


def to_the_millisecond(text):
    moment = datetime.fromisoformat(text)
    return moment.astimezone(UTC).replace(microsecond=moment.microsecond // 1000 * 1000)


def as_it_ought_to_be(fields, model, types):
    translated = translated_names(model)
    left_out = {*PERSONAL_FIELDS.get(model._meta.label, ()), *translated}
    left_out |= {f"{name}_{code}" for name in translated for code in LANGUAGES}
    found = {name: {code: fields[f"{name}_{code}"] for code in LANGUAGES} for name in translated}
    for name, value in fields.items():
        if name in left_out:
            continue
        kind = model._meta.get_field(name).get_internal_type()
        if name == "former_slugs":
            value = value or ""
        elif kind == "ManyToManyField":
            value = sorted(value)
        elif kind == "DateTimeField" and value:
            value = to_the_millisecond(value)
        elif name == "content_type":
            value = types.get(value)
        found[name] = value
    return found


def test_cities_name_their_networks(dumped, content):
    pairs = {(row["fields"]["city"], row["fields"]["network"]) for row in dumped["networks.Membership"]}

    assert pairs
    assert {(city["id"], one["id"]) for city in content["networks.city"] for one in city["networks"]} == pairs


def test_references_lead_to_items_by_names_that_mean_something(site, content):
    by_kind = {kind: {item["id"]: item for item in items} for kind, items in content.items()}
    post = by_kind["news.post"][site.items["post"]]
    event = by_kind["agenda.event"][site.items["event"]]
    edition = by_kind["editions.edition"][site.items["edition"]]

    assert post["ref"] == "news.post:another-address"
    assert [one["language"] for one in post["former_slugs"]] == ["en"]
    assert [one["ref"] for one in post["cities"]] == ["networks.city:barcelona"]
    assert [one["ref"] for one in post["events"]] == [f"agenda.event:{event['uid']}"]
    assert [one["ref"] for one in post["editions"]] == [f"editions.edition:congress/{edition['slug']['en']}"]
    refs = [item["ref"] for items in content.values() for item in items]
    assert len(refs) == len(set(refs))
    assert sorted(set(references_in(content)) - set(refs)) == []


def references_in(value):
    if isinstance(value, dict):
        if set(value) in ({"id", "ref"}, {"kind", "id", "ref"}):
            yield value["ref"]
        for part in value.values():
            yield from references_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from references_in(part)


def test_the_document_answers_to_its_own_schema(exported):
    schema = exported["schema"]
    assert violations(exported, schema) == []

    broken = json.loads(json.dumps(exported))
    broken["content"]["news.post"][0]["state"] = "lost"
    del broken["content"]["news.post"][1]["title"]
    assert violations(broken, schema) == [
        "/content/news.post/0/state: 'lost' is none of ['draft', 'published']",
        "/content/news.post/1: title is missing",
    ]


def test_nobody_is_in_it(exported):
    text = json.dumps(exported)

    assert [word for word in ("editor-of-turin", "editor@example.org", "reader@example.org") if word in text] == []


def test_drafts_and_rich_text_come_as_they_are_stored(content):
    draft = next(post for post in content["news.post"] if post["state"] == "draft")

    assert draft["title"]["en"] == "Unpublished «words» here"
    assert draft["body"]["en"] == "<p>one &amp; two</p>"


def test_the_ledger_of_translations_has_caught_up(site, content):
    item = next(
        one
        for one in content["translations.translateditem"]
        if (one["kind"], one["item"]) == ("news.post", site.items["only_spanish"])
    )
    states = {
        one["language"]: one["state"]
        for one in content["translations.translationstatus"]
        if one["translated"]["id"] == item["id"]
    }

    assert item["source_language"] == "es"
    assert states.keys() == {"en", "fr", "ca", "pt"}
    assert set(states.values()) == {"missing"}


def test_files_are_named_with_their_checksums(site, content):
    stored = site.files()
    files = [item["file"] for item in [*content["pictures.picture"], *content["publications.document"]]]

    assert files
    assert {file["path"]: file["sha256"] for file in files} == {file["path"]: stored[file["path"]] for file in files}


def test_a_folder_holds_the_same_as_the_file(site, exported, tmp_path):
    folder = tmp_path / "content"
    site.manage("export_json", folder)

    assert {
        name: json.loads((folder / f"{name}.json").read_text(encoding="utf-8")) for name in exported["content"]
    } == (exported["content"])
    assert json.loads((folder / "schema.json").read_text(encoding="utf-8")) == exported["schema"]
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        [*(f"{name}.json" for name in exported["content"]), "schema.json", "export.json"]
    )


def test_what_is_there_is_not_written_over_unless_it_is_asked_for(site, exported, tmp_path):
    path, folder = tmp_path / "content.json", tmp_path / "content"
    path.write_text("mine")
    folder.mkdir()
    (folder / "mine.txt").write_text("mine")

    for arguments, words in (
        ([path], f"{path} is there already. Name another file, or add --replace."),
        ([folder], f"{folder} is not empty. Name another folder, or add --replace if it is an earlier export."),
        (
            [folder, "--replace"],
            f"{folder} is not replaced: it has no export.json of an earlier export. "
            "Move it away, or name another folder.",
        ),
    ):
        done = site.try_to("export_json", *arguments)
        assert (done.returncode, done.stderr) == (1, f"CommandError: Nothing was exported. {words}\n")
    assert (path.read_text(), (folder / "mine.txt").read_text()) == ("mine", "mine")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["content", "content.json"]

    site.manage("export_json", path, "--replace")
    assert json.loads(path.read_text(encoding="utf-8"))["content"] == exported["content"]


def test_an_export_takes_as_many_questions_for_thirty_items_as_for_two(site, tmp_path):
    """Names of other items are asked for together; so neither time nor memory grows with what one item refers to."""
    script = """
import django; django.setup()
from django.db import connections, transaction
from django.test.utils import CaptureQueriesContext
from iaec_site.content_export.columns import all_kinds
from iaec_site.content_export.rows import items
from django.db import connection
from news.models import Post
kind = all_kinds()["news.Post"]
with transaction.atomic():
    with CaptureQueriesContext(connection, ) as few:
        many_items = len(list(items(connection, kind)))
    Post.objects.exclude(pk__in=Post.objects.order_by("pk").values("pk")[:3]).delete()
    with CaptureQueriesContext(connection) as fewer:
        few_items = len(list(items(connection, kind)))
    transaction.set_rollback(True)
print(many_items > 30, few_items, len(few) == len(fewer))
"""
    assert site.python(script) == "True 3 True"
