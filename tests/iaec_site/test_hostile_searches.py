"""Whatever stands in a search box gets an answer in every form in which a list exists, and is looked for as words."""

from urllib.parse import urlencode

import pytest

from tests import factories

ADDRESSES = [
    "/en/search/",
    "/en/bank-of-experiences/",
    "/en/bank-of-experiences/data.json",
    "/en/bank-of-experiences/data.csv",
    "/en/bank-of-experiences.atom",
    "/en/bank-of-experiences.json",
    "/en/cities/",
    "/en/cities/data.json",
    "/en/cities/data.csv",
]
TEXTS = [
    # As long as an address may be; longer ones are refused: see test_odd_requests.py.
    "a" * 8_000,
    "school " * 1_100,
    "AND OR NOT NEAR",
    "NEAR(a b, 5)",
    '"',
    '"unbalanced',
    'un"bal"anced"',
    '("' * 500,
    "-",
    "- -- ---",
    '-"',
    "title : school",
    "{title lead} : school",
    "^school",
    "school* ***",
    "(school",
    "school' OR 1=1 --",
    "' & | ! :*",
    "school:A <-> !x",
    'timed" OR "ensschool',
    "enstimed timed",
    "z0d55c",
    "%_\\",
    "😀 👩‍👩‍👧‍👦 🇪🇸",
    "مدرسة بيت \u202eschool",
    "学校教育",
    "달서구 창",
    "e\u0301" * 300,
    "l'" * 300,
    "a-b" * 300,
    "\u200b\ufffd\U0010ffff",
    "<script>alert(1)</script>",
]


@pytest.mark.django_db
@pytest.mark.parametrize("address", ADDRESSES)
def test_any_text_is_an_answer_and_no_error(client, address):
    factories.make_site_identity()
    factories.make_experience(title_en="A school for everyone", city=factories.make_city(name="Córdoba"))

    statuses = {text[:20]: client.get(f"{address}?{urlencode({'q': text})}").status_code for text in TEXTS}

    assert statuses == dict.fromkeys(statuses, 200)


@pytest.mark.django_db
def test_signs_of_the_databases_own_languages_are_not_obeyed(client):
    school = factories.make_experience(title_en="A school for everyone")
    factories.make_experience(title_en="Gardens")

    def found(text):
        items = client.get("/en/bank-of-experiences/data.json", {"q": text}).json()["items"]
        return [item["title"]["en"] for item in items]

    for text in ("^school", "(school", "{school}", "'school'", '"school', "school|", "!school", "&school", "school:*"):
        assert found(text) == [school.title_en], text
    for text in (
        "school OR gardens",
        "school | gardens",
        "NEAR(school gardens)",
        "title:gardens",
        "ensschool",
        "timed",
    ):
        assert found(text) == [], text
