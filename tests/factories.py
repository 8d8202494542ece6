"""Small functions that build the least valid item that the public may see.

Every one takes the model's fields as keywords. Texts are English unless a language is named:
`make_event(title_en=None, title_es="Encuentro", source_language="es")`.
"""

from datetime import date
from itertools import count

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from agenda.models import Event
from editions.models import Edition, Figure, Recognition, Series
from experiences.models import CharterPart, CharterPrinciple, Experience, FocusIssue, Sdg, TargetGroup, Theme
from invitations.models import Invitation
from networks.models import City, Membership, Network, NetworkEditor
from news.models import Category, Post
from newsletter.holdings import holding_of
from newsletter.models import ConsentText, Issue, IssuePart, Subscriber
from pages.models import Highlight, MemberCount, MenuItem, Page, SiteIdentity, SocialLink
from publications.models import Document, Publication, PublicationFile, PublicationSeries
from publishing.models import State
from tests.pictures.factories import make_picture
from tests.publications.pdfs import pdf
from translations.models import TranslatedOnly

__all__ = ["make_picture"]

numbers = count(1)


def make_city(**overrides):
    return City.objects.create(
        **{
            "name": f"City {next(numbers)}",
            "country": "ES",
            "timezone": "Europe/Madrid",
            "latitude": 41.4,
            "longitude": 2.2,
            "state": State.PUBLISHED,
        }
        | overrides
    )


def make_network(*, members=(), **overrides):
    number = next(numbers)
    network = Network.objects.create(
        **{
            "official_name": f"Rete {number}",
            "official_language": "it",
            "name_en": f"Network {number}",
            "countries": ["IT"],
            "state": State.PUBLISHED,
        }
        | overrides
    )
    for city in members:
        make_membership(network=network, city=city)
    return network


def make_membership(**overrides):
    return Membership.objects.create(
        city=overrides.pop("city", None) or make_city(),
        network=overrides.pop("network", None) or make_network(),
        **overrides,
    )


def make_series(**overrides):
    """A series of the kind asked for; there is only one of each."""
    key = overrides.pop("key", Series.Key.CONGRESS)
    found = Series.objects.filter(key=key).first()
    if found and not overrides:
        return found
    return Series.objects.create(
        **{"key": key, "name_en": Series.Key(key).label, "state": State.PUBLISHED} | overrides
    )


def make_edition(**overrides):
    number = next(numbers)
    return Edition.objects.create(
        series=overrides.pop("series", None) or make_series(),
        **{
            "ordinal": number,
            "year": 2020,
            "date": "2020",
            "title_en": f"Edition {number}",
            "status": Edition.Status.HELD,
            "state": State.PUBLISHED,
        }
        | overrides,
    )


def make_figure(**overrides):
    return Figure.objects.create(
        edition=overrides.pop("edition", None) or make_edition(),
        **{"kind": Figure.Kind.PARTICIPANTS, "value": 500} | overrides,
    )


def make_recognition(**overrides):
    return Recognition.objects.create(
        edition=overrides.pop("edition", None) or make_edition(series=make_series(key=Series.Key.AWARD)),
        city=overrides.pop("city", None) or make_city(),
        **{"kind": Recognition.Kind.WINNER, "project_en": "A project"} | overrides,
    )


def make_event(**overrides):
    number = next(numbers)
    return Event.objects.create(
        **{"title_en": f"Event {number}", "date": "2030-05-03", "state": State.PUBLISHED} | overrides
    )


def make_theme(**overrides):
    number = next(numbers)
    return Theme.objects.create(
        **{"key": f"theme-{number}", "name_en": f"Theme {number}", "order": number} | overrides
    )


def make_target_group(**overrides):
    number = next(numbers)
    return TargetGroup.objects.create(
        **{"key": f"group-{number}", "name_en": f"Group {number}", "order": number} | overrides
    )


def make_sdg(**overrides):
    number = next(numbers)
    return Sdg.objects.create(
        **{"number": number, "name_en": f"Goal {number}", "color": "#C5192D", "text_color": "#FFFFFF"} | overrides
    )


def make_charter_part(**overrides):
    number = next(numbers)
    return CharterPart.objects.create(
        **{"key": f"part-{number}", "name_en": f"Part {number}", "order": number} | overrides
    )


def make_charter_principle(**overrides):
    number = next(numbers)
    return CharterPrinciple.objects.create(
        part=overrides.pop("part", None) or make_charter_part(),
        **{"number": number, "label_en": f"Principle {number}"} | overrides,
    )


def make_experience(**overrides):
    return Experience.objects.create(
        city=overrides.pop("city", None) or make_city(),
        **{"title_en": f"Experience {next(numbers)}", "country": "ES", "state": State.PUBLISHED} | overrides,
    )


def make_focus_issue(**overrides):
    return FocusIssue.objects.create(
        series=overrides.pop("series", None) or make_series(key=Series.Key.FOCUS_EXPERIENCE),
        experience=overrides.pop("experience", None) or make_experience(),
        **{"number": next(numbers), "state": State.PUBLISHED} | overrides,
    )


def make_category(**overrides):
    number = next(numbers)
    return Category.objects.create(**{"name_en": f"Category {number}", "order": number} | overrides)


def make_post(**overrides):
    return Post.objects.create(
        **{"title_en": f"Post {next(numbers)}", "date": date(2025, 5, 3), "state": State.PUBLISHED} | overrides
    )


def make_page(**overrides):
    return Page.objects.create(**{"title_en": f"Page {next(numbers)}", "state": State.PUBLISHED} | overrides)


def make_menu_item(**overrides):
    """An entry that leads to the agenda, unless the keywords name another target."""
    number = next(numbers)
    return MenuItem.objects.create(**target(overrides) | {"label_en": f"Entry {number}", "order": number} | overrides)


def make_highlight(**overrides):
    number = next(numbers)
    return Highlight.objects.create(
        **target(overrides)
        | {"label_en": f"Highlight {number}", "order": number, "state": State.PUBLISHED}
        | overrides
    )


def target(overrides):
    named = {
        "section",
        "page",
        "series",
        "edition",
        "network",
        "city",
        "event",
        "publication",
        "external_url",
    } & overrides.keys()
    return {} if named else {"section": "agenda"}


def make_site_identity(**overrides):
    """The only row: the one that is there, if nothing else is asked for."""
    found = SiteIdentity.objects.first()
    if found and not overrides:
        return found
    return SiteIdentity.objects.create(
        **{"name_en": "International Association of Educating Cities", "acronym_en": "IAEC"} | overrides
    )


def make_social_link(**overrides):
    return SocialLink.objects.create(
        site=overrides.pop("site", None) or make_site_identity(),
        **{"platform": SocialLink.Platform.MASTODON, "label": "Mastodon", "url": "https://example.org/@cities"}
        | overrides,
    )


def make_member_count(**overrides):
    """Each of a year of its own."""
    site = overrides.pop("site", None) or make_site_identity()
    fields = {"as_of": str(2001 + site.member_counts.count()), "cities": 500, "countries": 40, "at_least": True}
    return MemberCount.objects.create(site=site, **fields | overrides)


def make_consent_text(**overrides):
    number = next(numbers)
    return ConsentText.objects.create(**{"version": f"v{number}", "text_en": "I want to get the letter."} | overrides)


def make_subscriber(**overrides):
    """Somebody who confirmed."""
    return Subscriber.objects.create(
        consent=overrides.pop("consent", None) or make_consent_text(),
        **{
            "email": f"reader{next(numbers)}@example.org",
            "language": "en",
            "consent_language": "en",
            "state": Subscriber.State.CONFIRMED,
            "confirmed_at": timezone.now(),
        }
        | overrides,
    )


def make_network_editor(*networks):
    row = NetworkEditor.objects.create(user=make_editor())
    row.networks.set(networks or [make_network()])
    return row


def make_invitation(**overrides):
    """One that waits."""
    role = overrides.pop("role", None) or Group.objects.get(name="Secretariat editor")
    return Invitation.objects.create(**{"email": f"invited{next(numbers)}@example.org", "role": role} | overrides)


def make_editor(**overrides):
    """A member of staff who may do everything."""
    fields = {"username": f"editor{next(numbers)}", "password": "correct horse battery"} | overrides
    return get_user_model().objects.create_superuser(**fields)


def make_translated_only(*sections):
    """The only row: editors chose that these sections list only what is translated."""
    return TranslatedOnly.objects.update_or_create(defaults=dict.fromkeys(sections, True))[0]


def make_publication_series(**overrides):
    number = next(numbers)
    return PublicationSeries.objects.create(
        **{"name_en": f"Series of publications {number}", "order": number} | overrides
    )


def make_document(content=None, **overrides):
    """Its text is read when the transaction is over, as in the site: see `read_documents` in tests/publications."""
    number = next(numbers)
    content = content or pdf(f"Document {number}")
    return Document.objects.create(
        **{"file": SimpleUploadedFile(f"document-{number}.pdf", content), "title": f"Document {number}"} | overrides
    )


def make_publication(*, files=None, **overrides):
    """With a file in English, unless `files` ({language: document}) says otherwise."""
    publication = Publication.objects.create(
        **{"title_en": f"Publication {next(numbers)}", "date": "2020-11", "state": State.PUBLISHED} | overrides
    )
    for language, document in ({"en": make_document()} if files is None else files).items():
        PublicationFile.objects.create(publication=publication, language=language, document=document)
    return publication


def make_issue(*items, **overrides):
    """An issue that is being composed and holds these items; `number` makes it one that went out."""
    number = next(numbers)
    if overrides.get("number"):
        overrides = {"state": Issue.State.SENT, "started_at": timezone.now()} | overrides
    issue = Issue.objects.create(**{"subject_en": f"Letter {number}"} | overrides)
    for item in items:
        make_part(issue=issue, item=item)
    return issue


def make_part(**overrides):
    number = next(numbers)
    item = overrides.pop("item", None) or make_post()
    issue = overrides.pop("issue", None) or make_issue()
    return IssuePart.objects.create(
        issue=issue, item=item, **{"section": holding_of(type(item)).section, "order": number} | overrides
    )
