"""No page shows a text in another language than it says; lists say it, and the item's own page says where to go."""

import re
from html import unescape

import pytest
from django.urls import reverse
from django.utils.translation import override

from tests import factories
from tests.iaec_site.public_site import addresses, make_site
from tests.translations.shown import shown_in
from translations.kinds import kinds
from translations.texts import ALL_LANGUAGES

pytestmark = pytest.mark.django_db

SPANISH = {"source_language": "es"}
# What sharing cards say: an attribute has one language, and other sites never read which.
MIXED = {"meta content"}
EMPTY = re.compile(r"""<(?:p|h\d|dd|li|div class="prose[^"]*")(?: [^>]*)?>\s*</|content=[\"][\"]""")


def written_texts():
    """{text: languages} of all that editors wrote, paragraph by paragraph."""
    written = {}
    for kind in kinds().values():
        for row in kind.model._base_manager.all():
            for field in kind.fields:
                for code in ALL_LANGUAGES:
                    for part in re.split(r"<[^>]+>", getattr(row, f"{field}_{code}") or ""):
                        if part := " ".join(unescape(part).split()):
                            written.setdefault(part, set()).add(code)
    return written


def make_mixed_site():
    """The sample, and of each kind of item one in Spanish only and one whose title alone is English."""
    items = make_site()
    city, network = items["city"], items["network"]
    texts = {
        "post": (factories.make_post, "title", ["teaser", "body"], {}),
        "event": (factories.make_event, "title", ["theme", "summary", "body"], {"city": city, "network": network}),
        "experience": (factories.make_experience, "title", ["summary", "body"], {"city": city}),
        "page": (factories.make_page, "title", ["teaser", "body"], {}),
        "network": (factories.make_network, "name", ["description"], {"shown_on_home": True}),
        "edition": (factories.make_edition, "title", ["theme", "note"], {"host_city": city}),
    }
    for kind, (make, title, fields, more) in texts.items():
        spanish = {f"{field}_es": f"<p>{kind} {field} es</p>" for field in fields if field == "body"}
        spanish |= {f"{field}_es": f"{kind} {field} es" for field in fields if field != "body"}
        only = {f"{title}_en": None, f"{title}_es": f"Solo {kind}"}
        items[f"{kind} in Spanish"] = make(**only, **spanish, **SPANISH, **more)
        items[f"{kind} with an English title"] = make(**{f"{title}_en": f"Title of {kind}"}, **spanish, **more)
    items["issue in Spanish"] = factories.make_focus_issue(experience=items["experience in Spanish"])
    post = items["post"]
    post.events.add(items["event in Spanish"])
    post.editions.add(items["edition in Spanish"])
    factories.make_highlight(label_en=None, label_es="Cartel", section="news", **SPANISH)
    above = factories.make_menu_item(
        label_en=None, label_es="Las redes", section="networks", in_footer=True, **SPANISH
    )
    factories.make_menu_item(label_en=None, label_es="Las noticias", section="news", parent=above, **SPANISH)
    factories.make_post(
        picture=factories.make_picture(alt_en="", alt_es="Una plaza", source_language="es"), title_en="With a picture"
    )
    return items


@pytest.mark.parametrize("language", ALL_LANGUAGES)
def test_no_page_shows_a_text_in_another_language_than_it_says(client, language):
    items = make_mixed_site()
    written = written_texts()

    seen, lies = set(), set()
    for kind, address in addresses(items, language).items():
        for shown in shown_in(client.get(address).content.decode()):
            if shown.text in written:
                seen.add(shown.text)
                if shown.language not in written[shown.text] and shown.where not in MIXED:
                    lies.add((kind, shown))

    assert lies == set()
    # Of what is in Spanish only, each of these has been seen somewhere.
    wanted = {"Solo post", "Solo event", "Cartel", "Las redes", "event theme es", "post body es", "edition note es"}
    assert wanted - seen == set()


@pytest.mark.parametrize("kind", ["post", "event", "experience", "page", "edition"])
def test_a_description_in_another_language_says_so(client, kind):
    items = make_mixed_site()

    html = client.get(items[f"{kind} with an English title"].get_absolute_url()).content.decode()

    said = re.search(r'<meta name="description" property="og:description" content="([^"]*)"(.*?)>', html)
    assert said[1].startswith(f"{kind} ")
    assert said[2] == ' lang="es"'


def marks_in(client, address, start="<main", end="</main>"):
    """Text of each mark, with what stands in the same element before it."""
    html = client.get(address).content.decode()
    html = html[html.index(start) : html.index(end)]
    return re.findall(r'<span class="language-mark">(.*?)</span>(?:</span>)?', html)


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("news:post_list", lambda **texts: factories.make_post(**texts)),
        ("agenda:event_list", lambda **texts: factories.make_event(**texts)),
        ("experiences:experience_list", lambda **texts: factories.make_experience(**texts)),
        (
            "experiences:focus_list",
            lambda **texts: factories.make_focus_issue(experience=factories.make_experience(**texts)),
        ),
    ],
)
def test_a_list_says_in_which_language_an_item_is_that_the_page_lacks(client, name, make):
    make(title_es="Solo en español", title_en=None, **SPANISH)
    make(title_en="In English")
    make(title_en="In both", title_es="En los dos")

    marks = {}
    for language in ("en", "es", "fr"):
        with override(language):
            marks[language] = sorted(marks_in(client, reverse(name)))

    assert marks == {"en": ["in Spanish"], "es": [said("English", "es")], "fr": sorted(marks["fr"])}
    assert len(marks["fr"]) == 3


def said(name, page_language):
    from django.utils.translation import gettext

    from translations.language_names import name_here

    codes = {"English": "en"}
    with override(page_language):
        return gettext("in %(language)s") % {"language": name_here(codes[name])}


def test_networks_editions_and_posters_say_their_language_too(client):
    factories.make_network(name_en=None, name_es="Red", **SPANISH)
    edition = factories.make_edition(title_en=None, title_es="Congreso", **SPANISH)
    factories.make_highlight(label_en=None, label_es="Cartel", **SPANISH)
    short = '<span aria-hidden="true">es</span><span class="visually-hidden">(in Spanish)'

    assert marks_in(client, reverse("networks:network_list")) == ["in Spanish"]
    assert short in client.get(edition.series.get_absolute_url()).content.decode()
    assert short in client.get(reverse("home")).content.decode()


def test_the_board_and_the_month_mark_an_event(client):
    factories.make_event(title_en=None, title_es="Encuentro", **SPANISH)

    board = client.get(reverse("networks:network_list")).content.decode()
    month = client.get(reverse("agenda:event_month", kwargs={"year": 2030, "month": 5})).content.decode()

    assert board.count('<span class="language-mark">in Spanish</span>') == 1
    assert re.findall(r'<span class="visually-hidden">\(in Spanish\)</span></span> <span class="entry-title">', month)


def notes_in(client, address):
    html = client.get(address).content.decode()
    return re.findall(r'<p class="notice">(This text.*?) <a href="([^"]+)" hreflang="(\w+)">', html)


def test_a_page_says_in_which_languages_its_text_is_and_leads_to_the_original(client):
    one = factories.make_post(title_en=None, title_es="Nota", body_es="<p>Texto</p>", **SPANISH)
    two = factories.make_post(title_en=None, title_es="Aviso", title_fr="Avis", **SPANISH)

    assert notes_in(client, one.get_absolute_url()) == [
        ("This text is available in Spanish only.", f"/es/noticias/{one.slug_es}/", "es")
    ]
    assert notes_in(client, two.get_absolute_url()) == [
        ("This text is available in Spanish and French only.", f"/es/noticias/{two.slug_es}/", "es")
    ]


def test_a_page_whose_title_alone_is_translated_says_so_of_its_text(client):
    post = factories.make_post(title_es="Nota", title_en="Note", body_es="<p>Texto</p>", **SPANISH)

    address = post.get_absolute_url()

    assert notes_in(client, address) == [
        ("This text is available in Spanish only.", f"/es/noticias/{post.slug_es}/", "es")
    ]
    # It is a page of its own all the same.
    assert '<meta name="robots" content="noindex">' not in client.get(address).content.decode()


def test_a_page_that_lacks_even_its_source_language_leads_to_one_that_it_has(client):
    post = factories.make_post(title_en=None, title_fr="Avis", source_language="en")

    with override("es"):
        html = client.get(post.get_absolute_url()).content.decode()

    assert re.findall(r'<link rel="canonical" href="http://testserver(/\w+/)', html) == ["/fr/"]
    assert re.findall(r'<meta property="og:locale" content="(\w+)">', html) == ["fr_FR"]
    assert re.findall(r'<a href="(/\w+/)[^"]*" hreflang="fr">', html) == ["/fr/"]


def test_what_is_missing_does_not_show_as_empty(client):
    """No element for a text that nobody wrote, and no description."""
    factories.make_site_identity()
    items = {
        "post": factories.make_post(),
        "event": factories.make_event(),
        "experience": factories.make_experience(),
        "issue": factories.make_focus_issue(),
        "page": factories.make_page(),
        "network": factories.make_network(),
        "series": factories.make_series(),
        "edition": factories.make_edition(),
    }

    found = {}
    for kind, item in items.items():
        html = client.get(item.get_absolute_url()).content.decode()
        found[kind] = EMPTY.findall(html)

    assert found == {kind: [] for kind in items}


@pytest.mark.parametrize(
    ("make", "title"),
    [
        (
            lambda: factories.make_event(title_en=None, title_es="Encuentro", date="2027-05-03", **SPANISH),
            "Encuentro, 3 de mayo de 2027 · Asociación de prueba",
        ),
        (
            lambda: factories.make_focus_issue(
                number=7, experience=factories.make_experience(title_en=None, title_es="Huertos", **SPANISH)
            ),
            "Experiencia Destacada 7: Huertos · Asociación de prueba",
        ),
    ],
)
def test_the_title_of_a_page_that_lacks_its_language_is_whole_in_another(client, make, title):
    factories.make_site_identity(name_en="Association of tests", name_es="Asociación de prueba")
    item = make()
    with override("en"):
        html = client.get(item.get_absolute_url()).content.decode()

    assert re.findall(r"<title( lang=.*?)?>(.*?)</title>", html) == [(' lang="es"', title)]
