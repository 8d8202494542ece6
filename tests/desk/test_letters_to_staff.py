"""Letters to the staff: in the language of each, and only those that they want."""

import pytest
from django.contrib.auth.models import Group, User
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from desk.models import LettersToStaff
from pages.models import FrontPageProposal
from tests.factories import make_network, make_post
from translations.models import TranslatorLanguages
from translations.weekly_letter import tell_translators_weekly

pytestmark = pytest.mark.django_db
MY_LETTERS = reverse("admin:my_letters")
MONDAY = "2026-03-09T06:00:00Z"  # 7 o'clock in Barcelona


def make_person(name, role, *, language="", **letters):
    user = User.objects.create_user(name, f"{name}@example.org", "x", is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    if language or letters:
        LettersToStaff.objects.create(user=user, language=language or "en", **letters)
    return user


def sent():
    """(to whom, in which language, subject) of each letter, by address; each has both parts."""
    for letter in mail.outbox:
        assert [kind for _content, kind in letter.alternatives] == ["text/html"]
        assert f'<html lang="{letter.extra_headers["Content-Language"]}" dir="ltr"' in letter.alternatives[0][0]
    return sorted((*letter.to, letter.extra_headers["Content-Language"], letter.subject) for letter in mail.outbox)


@pytest.fixture
def run(django_capture_on_commit_callbacks):
    def commit(act, *args, **kwargs):
        with django_capture_on_commit_callbacks(execute=True):
            return act(*args, **kwargs)

    return commit


# --- what somebody chose ---


def test_everybody_says_for_themselves_in_which_language_they_are_written_to(client):
    user, other = make_person("ana", "Translator"), make_person("tom", "Translator", language="fr")
    client.force_login(user)
    page = client.get(MY_LETTERS, headers={"accept-language": "ca"})
    assert page.context["form"].instance.language == "ca"
    assert LettersToStaff.objects.filter(user=user).count() == 0
    for language in ("pt", "es"):
        client.post(MY_LETTERS, {"language": language, "proposals": "on"})
    rows = LettersToStaff.objects.values_list("user", "language", "proposals", "translations").order_by("user")
    assert list(rows) == [(user.pk, "es", True, False), (other.pk, "fr", True, True)]


def test_the_page_is_for_staff_only(client):
    client.force_login(User.objects.create_user("reader", password="x"))
    assert [client.get(MY_LETTERS).status_code, Client().get(MY_LETTERS).status_code] == [302, 302]


# --- once a week, to translators ---


def make_translator(name, *languages, **more):
    user = make_person(name, "Translator", **more)
    TranslatorLanguages.objects.create(user=user, languages=list(languages))
    return user


@pytest.fixture
def work(time_machine):
    """A post that lacks two languages."""
    time_machine.move_to(MONDAY, tick=False)
    return make_post(title_en="A", title_es="B", title_fr="C")


def test_on_mondays_translators_are_told_what_waits_in_their_languages(run, work):
    make_translator("ana", "ca", "es", language="es")
    make_translator("tom", "ca", "pt")
    make_translator("eva", "fr")
    make_person("sek", "Secretariat editor")
    run(tell_translators_weekly)
    assert [(to, language) for to, language, _subject in sent()] == [
        ("ana@example.org", "es"),
        ("tom@example.org", "en"),
    ]
    tom = next(letter for letter in mail.outbox if letter.to == ["tom@example.org"])
    address = f"http://testserver{reverse('admin:translations_translateditem_changelist')}"
    lines = tom.body.splitlines()
    assert (tom.subject, lines[4:6], lines[7:9]) == (
        "2 translations wait for you",
        ["Catalan: 1 item is missing", f"{address}?language=ca&state=missing"],
        ["Portuguese: 1 item is missing", f"{address}?language=pt&state=missing"],
    )


@pytest.mark.parametrize(
    ("moment", "letters"),
    [
        ("2026-03-09T04:59:00Z", 0),
        ("2026-03-09T05:00:00Z", 1),
        ("2026-03-09T22:00:00Z", 1),
        ("2026-03-10T09:00:00Z", 0),
    ],
)
def test_only_on_mondays_from_six_o_clock(run, work, time_machine, moment, letters):
    make_translator("ana", "ca")
    time_machine.move_to(moment, tick=False)
    run(tell_translators_weekly)
    assert len(mail.outbox) == letters


def test_nobody_is_told_twice_on_one_day(run, work, time_machine):
    make_translator("ana", "ca")
    for _ in range(3):
        run(tell_translators_weekly)
    assert len(mail.outbox) == 1
    time_machine.move_to("2026-03-16T06:00:00Z", tick=False)
    run(tell_translators_weekly)
    assert len(mail.outbox) == 2


def test_who_switched_it_off_or_has_gone_is_not_told(run, work):
    make_translator("ana", "ca", translations=False)
    gone, nameless = make_translator("tom", "ca"), make_translator("eva", "ca")
    User.objects.filter(pk=gone.pk).update(is_active=False)
    User.objects.filter(pk=nameless.pk).update(email="")
    run(tell_translators_weekly)
    assert mail.outbox == []


# --- proposals for the front page ---


@pytest.fixture
def proposer(client):
    user = make_person("eva", "Network editor", language="fr")
    network = make_network()
    user.network_editor = type(network).editors.rel.related_model.objects.create(user=user)
    user.network_editor.networks.add(network)
    client.force_login(user)
    return user


def propose(client, proposer, **typed):
    post = make_post(title_en="The river", title_fr="La rivière")
    post.networks.set(proposer.network_editor.networks.all())
    return client.post(reverse("admin:propose", args=["post", post.pk]), typed or {"reason": "Worth it <b>"})


def test_who_decides_is_told_of_a_proposal_in_their_language(client, run, proposer):
    make_person("ana", "Secretariat editor")
    make_person("boss", "Administrator", language="fr")
    make_person("max", "Secretariat editor", proposals=False)
    make_person("tom", "Translator")
    run(propose, client, proposer)
    proposal = FrontPageProposal.objects.get()
    page = f"http://testserver{reverse('admin:pages_frontpageproposal_change', args=[proposal.pk])}"
    assert [(to, language) for to, language, _subject in sent()] == [
        ("ana@example.org", "en"),
        ("boss@example.org", "fr"),
    ]
    ana, boss = sorted(mail.outbox, key=lambda letter: letter.to)
    assert (ana.subject, "La rivière" in boss.subject) == ("Proposed for the front page: “The river”", True)
    assert ana.body.splitlines()[:5] == [
        "eva proposes “The river” for the front page.",
        "",
        "Worth it <b>",
        "",
        f"You can look at it and decide here: {page}",
    ]
    assert ">Worth it &lt;b&gt;</p>" in ana.alternatives[0][0]


@pytest.mark.parametrize(
    ("button", "subject"),
    [("_approve", "On the front page: “The river”"), ("_decline", "Not on the front page: “The river”")],
)
def test_the_proposer_is_told_what_was_decided(client, run, proposer, button, subject):
    LettersToStaff.objects.update(language="en")
    propose(client, proposer)
    proposal = FrontPageProposal.objects.get()
    client.force_login(make_person("ana", "Secretariat editor"))
    address = reverse("admin:pages_frontpageproposal_change", args=[proposal.pk])
    for _ in range(2):
        run(client.post, address, {button: "1", "answer": "Thank you."})
    assert sent() == [("eva@example.org", "en", subject)]
    assert mail.outbox[0].body.splitlines()[2:5] == ["Thank you.", "", "ana decided this."]
    assert FrontPageProposal.objects.get().decided_at <= timezone.now()
