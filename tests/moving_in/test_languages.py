"""Translations joined by Polylang's and WPML's marks, and the marks that go together with nothing."""

import pytest

from moving_in.languages import Languages
from news.models import Category, Post
from tests.moving_in.exports import attachment, category, item, joined, term, written
from tests.moving_in.imports import all_rows, became, bring_in, leads

pytestmark = pytest.mark.django_db


def marked(code, group=""):
    """Terms of Polylang."""
    return [("language", code), *([("post_translations", group)] if group else [])]


def of_wpml(code, group, source=""):
    fields = {"_wpml_import_language_code": code, "_wpml_import_translation_group": group}
    return fields | ({"_wpml_import_source_language_code": source} if source else {})


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("en", "en"),
        ("en_GB", "en"),
        ("pt-br", "pt"),
        ("pt_PT", "pt"),
        ("PT-BR", "pt"),
        ("ca", "ca"),
        ("es-419", "es"),
        ("eu", None),
        ("zh-hans", None),
        ("kr", "en"),
    ],
)
def test_codes_become_languages_of_the_site(code, language):
    assert Languages("en", {"KR": "en"}).of_code(code) == language


def test_posts_joined_by_polylang_become_one_item(tmp_path, client):
    told = bring_in(
        written(
            tmp_path,
            joined("pll_1", {"es": 11, "en": 12, "pt-br": 13}),
            item(11, "Jornada", "<p>Texto</p>", name="jornada", terms=marked("es", "pll_1")),
            item(12, "Open day", "<p>Text</p>", name="open-day", terms=marked("en", "pll_1")),
            item(13, "Dia aberto", "<p>Texto pt</p>", name="dia-aberto", terms=marked("pt-br", "pll_1")),
        )
    )

    post = Post.objects.get()
    assert (post.title_es, post.title_en, post.title_pt) == ("Jornada", "Open day", "Dia aberto")
    assert (post.body_es, post.body_en, post.body_pt) == ("<p>Texto</p>", "<p>Text</p>", "<p>Texto pt</p>")
    assert (post.slug_es, post.slug_en, post.slug_pt) == ("jornada", "open-day", "dia-aberto")
    assert (post.source_language, post.title_fr) == ("es", None)
    assert told.numbers["groups of translations joined"] == 1
    for number, address in (
        (11, "/es/noticias/jornada/"),
        (12, "/en/news/open-day/"),
        (13, "/pt/noticias/dia-aberto/"),
    ):
        response = client.get(f"/?p={number}")
        assert (response.status_code, response.headers["Location"]) == (301, address)
        assert client.get(f"/2019/05/{address.split('/')[-2]}/").headers["Location"] == address


def test_posts_joined_by_wpml_become_one_item_whose_source_is_the_original(tmp_path):
    bring_in(
        written(
            tmp_path,
            item(21, "Traducció", meta=of_wpml("ca", "77", source="fr")),
            item(22, "Original", meta=of_wpml("fr", "77")),
            item(23, "Page", kind="page", meta=of_wpml("fr", "77")),
        )
    )

    post = Post.objects.get()
    assert (post.source_language, post.title_fr, post.title_ca) == ("fr", "Original", "Traducció")
    assert became(23).title_fr == "Page"


def test_a_language_that_the_site_has_not_is_left_out_and_told(tmp_path):
    file = written(
        tmp_path,
        joined("g", {"en": 1, "eu": 2}),
        item(1, terms=marked("en", "g")),
        item(2, "Kaixo", terms=marked("eu")),
    )
    told = bring_in(file)

    assert became(2) is None
    assert told.of("left_out") == [(2, "“Kaixo” is in “eu”, a language that the site has not")]
    assert (
        None,
        "1 items in “eu”, which the site has not. To bring them in as another: --language eu=CODE",
    ) in told.of("language")


def test_a_webmaster_says_what_a_code_means(tmp_path):
    bring_in(written(tmp_path, item(2, "Kaixo", terms=marked("eu"))), language=["eu=fr"])

    assert (became(2).title_fr, became(2).source_language) == ("Kaixo", "fr")


def test_what_bears_no_mark_is_in_the_language_of_the_old_site(tmp_path):
    bring_in(written(tmp_path, item(1, "Hola"), language="ca"))
    assert became(1).source_language == "ca"

    bring_in(written(tmp_path, item(2, "Salut"), language="ca"), default_language="fr")
    assert became(2).source_language == "fr"


def test_two_posts_that_claim_a_language_stay_apart(tmp_path):
    told = bring_in(
        written(
            tmp_path,
            joined("g", {"en": 1, "pt": 2, "pt-br": 3}),
            item(1, terms=marked("en")),
            item(2, "Europa", terms=marked("pt")),
            item(3, "Brasil", terms=marked("pt-br")),
        )
    )

    assert became(1) == became(2) != became(3)
    assert told.of("joining") == [(3, "2 is its group's text in “pt” already: it stays apart")]


def test_a_partner_that_is_missing_or_of_another_kind_is_told(tmp_path):
    told = bring_in(
        written(
            tmp_path,
            joined("g", {"en": 1, "es": 99}),
            joined("h", {"en": 2, "es": 3}),
            joined("i", {"en": 2, "fr": 4}),
            item(1, terms=marked("en")),
            item(2, terms=marked("en")),
            item(3, kind="page", terms=marked("es")),
            item(4, terms=marked("fr")),
        )
    )

    assert told.of("joining") == [
        (99, "“g” names 99 for “es”, which is not in the export"),
        (3, "it is a page, its translation a post: they stay apart"),
        (2, "it is named by two lists of translations; “i” comes second"),
    ]
    assert len({became(number) for number in (1, 2, 3, 4)}) == 4


@pytest.mark.parametrize("description", ["", "a:1:{", 'O:8:"stdClass":0:{}', "i:5;", 'a:1:{s:2:"en";s:1:"1";}'])
def test_a_list_of_translations_that_is_none_joins_nothing(tmp_path, description):
    bring_in(
        written(
            tmp_path,
            term("post_translations", "g", description),
            item(1, terms=marked("en", "g")),
            item(2, terms=marked("es", "g")),
        )
    )

    assert became(1) != became(2)


def test_a_draft_translation_does_not_become_public_with_its_partner(tmp_path, client):
    told = bring_in(
        written(
            tmp_path,
            joined("g", {"en": 1, "es": 2, "fr": 3}),
            item(1, "Public", terms=marked("en")),
            item(2, "Borrador", status="draft", terms=marked("es")),
            item(3, "Publique", terms=marked("fr")),
        )
    )

    assert became(1) == became(3) != became(2)
    assert (became(1).title_es, became(1).state, became(2).state) == (None, "published", "draft")
    assert told.of("joining") == [
        (2, "“Borrador” is not public in WordPress, its translation is: it stays an item of its own")
    ]


def test_drafts_are_joined_among_themselves(tmp_path):
    bring_in(
        written(
            tmp_path,
            joined("g", {"en": 1, "es": 2}),
            item(1, status="draft", terms=marked("en")),
            item(2, status="pending", terms=marked("es")),
        )
    )

    assert became(1) == became(2)
    assert became(1).state == "draft"


def test_a_translation_that_comes_later_joins_its_item(tmp_path):
    bring_in(written(tmp_path, item(1, "One", terms=marked("en", "g"))))
    file = written(
        tmp_path,
        joined("g", {"en": 1, "es": 2}),
        item(1, "One", terms=marked("en", "g")),
        item(2, "Uno", "<p>Hola</p>", name="uno", terms=marked("es", "g")),
    )
    bring_in(file)

    assert became(2) == became(1)
    assert (became(1).title_es, became(1).body_es, became(1).source_language) == ("Uno", "<p>Hola</p>", "en")
    before = all_rows()
    bring_in(file)
    assert all_rows() == before


def test_a_translation_alone_in_an_export_changes_nothing_that_all_languages_share(tmp_path):
    posts = [item(1, "One", terms=marked("en")), item(2, "Uno", terms=marked("es"))]
    bring_in(written(tmp_path, joined("g", {"en": 1, "es": 2}), *posts))
    bring_in(written(tmp_path, item(2, "Uno nuevo", terms=marked("es"), date="2024-01-01 10:00:00")))

    post = Post.objects.get()
    assert (post.title_es, post.title_en, post.source_language, post.date.year) == ("Uno nuevo", "One", "en", 2019)


def test_categories_joined_by_polylang_become_one_category(tmp_path):
    bring_in(
        written(
            tmp_path,
            category(5, "schools", "Schools"),
            category(6, "escuelas", "Escuelas", parent="educacion"),
            category(7, "educacion", "Educación"),
            joined("t", {"en": 5, "es": 6}, "term_translations"),
            item(1, terms=[*marked("en"), ("category", "schools")]),
            item(2, terms=[*marked("es"), ("category", "escuelas")]),
        )
    )

    found = Category.objects.get()
    assert (found.name_en, found.name_es, found.slug_en, found.slug_es) == (
        "Schools",
        "Escuelas",
        "schools",
        "escuelas",
    )
    assert list(became(1).categories.all()) == list(became(2).categories.all()) == [found]
    assert leads("/category/educacion/escuelas") == leads("/es/category/escuelas") == leads("/?cat=6") == "Schools"


def test_one_file_with_an_attachment_in_each_language_is_one_picture(tmp_path):
    from pictures.models import Picture
    from tests.pictures.factories import picture_bytes

    folder = tmp_path / "uploads" / "2019" / "05"
    folder.mkdir(parents=True)
    (folder / "school.jpg").write_bytes(picture_bytes())
    bring_in(
        written(
            tmp_path,
            attachment(8, "2019/05/school.jpg", terms=marked("en"), meta={"_wp_attachment_image_alt": "A school"}),
            attachment(9, "2019/05/school.jpg", terms=marked("es"), meta={"_wp_attachment_image_alt": "Una escuela"}),
        ),
        media=tmp_path / "uploads",
    )

    picture = Picture.objects.get()
    assert (picture.alt_en, picture.alt_es) == ("A school", "Una escuela")
