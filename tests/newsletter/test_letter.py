"""The letter: what it says in each language, and HTML and text that mail programs show well."""

import re
from datetime import date, timedelta
from html.parser import HTMLParser

import pytest
from django.conf import settings as django_settings
from django.utils import timezone
from django.utils.translation import override

from newsletter.kinds_of_reader import parts_for, topics_of
from newsletter.letter_text import render
from newsletter.models import Issue
from newsletter.placeholders import LEAVE_TOKEN, PREFERENCES_TOKEN
from newsletter.plain_letter import plain_html, wrapped
from pages.models import SiteIdentity
from tests import factories
from tests.html_validity import html_errors

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code, name in django_settings.LANGUAGES]


@pytest.fixture(autouse=True)
def a_site(settings, time_machine):
    settings.SITE_URL = "https://www.edcities.example"
    time_machine.move_to("2026-03-10T09:00:00Z", tick=False)
    factories.make_site_identity(
        name_en="The Association",
        name_es="La Asociación",
        street="Avinyó 15",
        postal_code="08002",
        email="write@edcities.example",
        seat_city=factories.make_city(name="Barcelona"),
    )


def make_whole_issue(**overrides):
    """One of everything, with a picture, a text in another language, a note and an introduction."""
    theme = factories.make_theme()
    experience = factories.make_experience(summary_en="What they do.")
    experience.themes.add(theme)
    issue = factories.make_issue(
        factories.make_event(
            title_es=None, date="2026-04-03", kind="deadline", place="Torí", summary_en="Write to us."
        ),
        factories.make_post(
            title_en=None,
            title_fr="Nouvelles",
            source_language="fr",
            date=date(2026, 3, 2),
            teaser_fr="En bref.",
            picture=factories.make_picture(),
        ),
        factories.make_focus_issue(number=26, experience=experience),
        factories.make_experience(),
        factories.make_network(),
        factories.make_page(),
        factories.make_edition(),
        **{"intro_en": '<p>Dear <a href="/en/news/">all</a>,</p>', "intro_es": "<p>Hola</p>", "subject_es": "Carta"}
        | overrides,
    )
    issue.parts.filter(section="dates").update(note_en="Soon!")
    return issue


def letter_of(issue, language="en", **kind):
    return render(issue, language, parts_for(topics_of(issue), language, untranslated=issue.untranslated, **kind))


class Reading(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.tags = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def values(self, tag, name):
        return [attributes.get(name) for found, attributes in self.tags if found == tag]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_is_valid_html_in_its_language_and_asks_nobody_for_anything_but_its_pictures(language):
    letter = letter_of(make_whole_issue(), language)
    reading = Reading(letter.html)

    assert reading.values("html", "lang") == [language]
    assert {tag for tag, _attributes in reading.tags} & {"script", "link", "iframe", "form", "object"} == set()
    assert [address for address in reading.values("img", "src") if not address.startswith("https://www.edc")] == []
    assert re.findall(r"url\(|@import|@font-face", letter.html) == []


def test_letters_are_valid_html():
    issue = make_whole_issue()
    letters = {f"{language}.html": letter_of(issue, language).html for language in LANGUAGES}
    assert html_errors(letters) == []


def test_every_address_is_whole_and_the_readers_own_are_placeholders():
    letter = letter_of(make_whole_issue(number=3))
    addresses = Reading(letter.html).values("a", "href")

    assert [address for address in addresses if not address.startswith(("https://www.edc", "mailto:"))] == []
    start = "https://www.edcities.example/en/newsletter/"
    for own in (f"leave/{LEAVE_TOKEN}/", f"preferences/{PREFERENCES_TOKEN}/", "archive/3/"):
        assert (start + own in addresses, letter.text.count(start + own)) == (True, 1)
    assert letter.html.count(LEAVE_TOKEN) == letter.html.count(PREFERENCES_TOKEN) == 1


def test_pictures_have_fixed_sizes_an_alternative_text_and_a_form_that_every_program_knows():
    picture = factories.make_picture(alt_en="A square", credit="© The city")
    issue = factories.make_issue(factories.make_post(picture=picture))
    letter = letter_of(issue, "es")
    [[_tag, image]] = [tag for tag in Reading(letter.html).tags if tag[0] == "img"]

    file = picture.fallback
    width = min(536, file["width"])
    assert (image["width"], image["height"]) == (str(width), str(round(width * file["height"] / file["width"])))
    assert (image["alt"], image["lang"]) == ("A square", "en")
    assert image["src"] == f"https://www.edcities.example{picture.url_of(file)}"
    assert image["src"].endswith((".jpg", ".png"))
    assert letter.html.count("© The city") == 1


def test_what_the_language_lacks_comes_in_its_original_one_with_a_note():
    letter = letter_of(make_whole_issue(), "es")

    assert re.findall(r'<(?:a|p)[^>]* lang="fr"[^>]*>([^<]+)', letter.html) == ["Nouvelles", "En bref."]
    assert re.search(r"\* Nouvelles \(en francés\)\n  2 de marzo de 2026\n  En bref\.\n", letter.text)
    assert "[en inglés] What they do." not in letter.text  # its title says so already


def test_words_in_another_language_than_their_title_say_so_too():
    post = factories.make_post(title_es="Noticia", teaser_en="In short.")
    letter = letter_of(factories.make_issue(post, subject_es="Carta"), "es")
    assert "* Noticia\n  3 de mayo de 2025\n  [en inglés] In short.\n" in letter.text


def test_or_it_is_left_out_as_the_editor_chose():
    post = factories.make_post(title_es="Noticia", teaser_en="In short.")
    issue = factories.make_issue(
        post,
        factories.make_event(),
        subject_es="Carta",
        untranslated=Issue.Untranslated.LEFT_OUT,
        intro_en="<p>Hi</p>",
    )
    letter = letter_of(issue, "es")
    head = letter.text.partition("-- \n")[0]
    assert head == (
        "Carta\n=====\n\n\nNOTICIAS\n--------\n\n* Noticia\n  3 de mayo de 2025\n"
        f"  https://www.edcities.example/es/noticias/{post.slug_es}/\n\n"
    ).replace("\n\n\n", "\n\n")


def test_the_text_part_reads_well():
    event = factories.make_event(
        title_en="Award", date="2026-04-03", kind="deadline", place="Torí", summary_en="Write to us. " * 9
    )
    issue = factories.make_issue(event, subject_en="Spring", intro_en="<p>Hello,<br>all</p>", number=7)
    issue.parts.update(note_en="Soon!")
    assert letter_of(issue).text == (
        """\
Spring
======

Hello,
all

NEXT DATES
----------

Soon!
* Award
  24 days left · Friday 3 April 2026 · Torí · Deadline
  Write to us. Write to us. Write to us. Write to us. Write to us. Write
  to us. Write to us. Write to us. Write to us.
  https://www.edcities.example/en/agenda/award-2026-tori/

DASHES
The Association
Avinyó 15, 08002 Barcelona, Spain
write@edcities.example

You get this letter because you asked for it on the site of The
Association and confirmed that by e-mail.

Read this letter in your browser:
https://www.edcities.example/en/newsletter/archive/7/

Change your language, subjects or how often we write:
https://www.edcities.example/en/newsletter/preferences/PREFERENCES/

Leave the newsletter:
https://www.edcities.example/en/newsletter/leave/LEAVE/
""".replace("DASHES", "-- ")
        .replace("LEAVE", LEAVE_TOKEN)
        .replace("PREFERENCES", PREFERENCES_TOKEN)
        .replace("-tori", "")
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_of_the_text_part_is_longer_than_72_but_for_addresses(language):
    text = letter_of(make_whole_issue(), language).text
    long = [line for line in text.splitlines() if len(line) > 72 and not line.strip().startswith("https://")]
    assert (long, "<" in text, "&" in text.replace("&c", "")) == ([], False, False)


def test_a_reader_gets_their_networks_and_a_section_without_anything_is_left_out():
    ours, theirs = factories.make_network(), factories.make_network()
    mine, other = factories.make_post(title_en="Mine"), factories.make_event(title_en="Other", network=theirs)
    mine.networks.add(ours)
    letter = letter_of(factories.make_issue(mine, other), networks=frozenset({ours.pk}))
    assert ("Mine" in letter.html, "Other" in letter.html, "NEXT DATES" in letter.text) == (True, False, False)


def test_a_letter_with_nothing_at_all_is_none_and_an_introduction_alone_is_a_letter():
    theirs = factories.make_network()
    issue = factories.make_issue(factories.make_event(network=theirs), intro_en="<p>Hello</p>")
    assert letter_of(issue, networks=frozenset({factories.make_network().pk})) is None
    assert render(factories.make_issue(), "en", ()) is None
    assert render(factories.make_issue(intro_en="<p>Hello</p>"), "en", ()).text.startswith("Letter")


def test_what_was_withdrawn_after_the_parts_were_chosen_is_left_out():
    stays, goes = factories.make_post(title_en="Stays"), factories.make_post(title_en="Goes")
    issue = factories.make_issue(stays, goes)
    ids = parts_for(topics_of(issue), "en")
    goes.withdraw(timezone.now() - timedelta(minutes=1))
    letter = render(issue, "en", ids)
    assert (letter.html.count("Stays"), letter.html.count("Goes"), "Goes" in letter.text) == (2, 0, False)


def test_hostile_texts_stay_texts():
    bad = '<script>alert("x")</script>'
    post = factories.make_post(title_en=bad, teaser_en=bad)
    issue = factories.make_issue(post, subject_en=f"A\r\nBcc: x@example.org {bad}", intro_en=f"<p>{bad}</p>")
    letter = letter_of(issue)
    assert "<script" not in letter.html
    assert (letter.subject.splitlines(), letter.subject[:5]) == ([letter.subject], "A Bcc")


def test_pictures_and_links_in_the_introduction_are_whole():
    picture = factories.make_picture(alt_en="A square", credit="© Ana")
    gone = factories.make_picture()
    html = f'<p><img src="{picture.library_address}" width="200"> <img src="{gone.library_address}" alt="Gone"></p>'
    issue = factories.make_issue(factories.make_post(), intro_en=html)
    gone.delete()
    html = letter_of(issue).html
    images = [attributes for tag, attributes in Reading(html).tags if tag == "img"]
    assert html.count("© Ana") == 1
    address = f"https://www.edcities.example{picture.url_of(picture.fallback)}"
    assert [(image["src"], image["width"], image["alt"]) for image in images] == [(address, "200", "A square")]


def test_dark_colours_and_phones_are_told_to_programs_that_listen():
    html = letter_of(make_whole_issue()).html
    assert html.count("@media (prefers-color-scheme: dark)") == html.count("@media (max-width: 480px)") == 1
    assert html.count("<style") == 1
    assert '<meta name="color-scheme" content="light dark">' in html


@pytest.mark.parametrize("count", [1, 5])
def test_a_letter_needs_the_same_queries_for_any_number_of_parts(count, django_assert_num_queries):
    issue = factories.make_issue()
    for _ in range(count):
        experience = factories.make_experience()
        for item in (
            factories.make_event(city=factories.make_city(), network=factories.make_network()),
            factories.make_post(picture=factories.make_picture()),
            factories.make_focus_issue(experience=experience),
            factories.make_network(),
        ):
            factories.make_part(issue=issue, item=item)
    ids = parts_for(topics_of(issue), "en")
    with django_assert_num_queries(6):  # parts, items of four kinds, the site's identity
        assert len(re.findall('class="entry"', render(issue, "en", ids).html)) == 4 * count


def test_a_letter_is_written_in_its_own_language_whatever_the_page_is_in():
    issue = make_whole_issue()
    with override("fr"):
        letter = letter_of(issue, "es")
    assert letter == letter_of(issue, "es")
    assert letter.subject == "Carta"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<ul><li>One</li><li>Two<ul><li>Three</li></ul></li></ul>", "- One\n\n- Two\n\n  - Three"),
        ('<ol start="3"><li>One</li><li>Two</li></ol>', "3. One\n\n4. Two"),
        ("<blockquote><p>One</p></blockquote><p>Two</p>", "> One\n\nTwo"),
        ('<p>See <a href="https://x.example/">here</a>.</p>', "See here.\nhttps://x.example/"),
        ('<p><a href="https://x.example/">https://x.example/</a></p>', "https://x.example/"),
        ('<p><a href="mailto:a@x.example">a@x.example</a></p>', "a@x.example"),
        ("<p>A &amp; B&nbsp;&lt;</p>", "A & B <"),
        ('<p><img src="/x.jpg" alt="A square"></p>', "[A square]"),
        ("", ""),
    ],
)
def test_rich_text_becomes_plain_text(html, text):
    assert plain_html(html) == text


def test_long_words_are_not_broken():
    assert wrapped("x" * 90 + " and more") == "x" * 90 + "\nand more"


def test_an_association_without_an_address_has_none():
    assert SiteIdentity().postal_address == ""
