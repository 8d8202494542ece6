"""Bank records and Focus Experience issues as search finds them: by their texts, place, themes and number."""

from datetime import date

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from experiences.models import Experience, FocusIssue, Theme
from networks.models import City
from networks.search_names import CITY_NAMES, country_in, names_of_city
from publishing.dates import parse_edtf
from publishing.text_words import words_of
from search.kinds import Child, Document, Related, SearchKind, register
from translations.texts import languages_of


def experience_documents(experience):
    for language in languages_of(experience):
        with override(language):
            url = experience.get_absolute_url()
        yield document_of(experience, language, url=url, day=day_of(experience.started), edtf=experience.started)


def issue_documents(issue):
    for language in languages_of(issue):
        with override(language):
            url = issue.get_absolute_url()
        yield document_of(
            issue.experience,
            language,
            url=url,
            names=f"Focus Experience {issue.number}",
            day=day_of(issue.published),
            edtf=issue.published,
        )


def document_of(experience, language, names="", **more):
    place = names_of_city(experience.city) if experience.city_id else experience.city_name
    themes = [getattr(theme, f"name_{language}") or "" for theme in experience.themes.all()]
    return Document(
        language=language,
        title=getattr(experience, f"title_{language}"),
        lead=getattr(experience, f"summary_{language}") or "",
        body=words_of(getattr(experience, f"body_{language}") or "", rich=True),
        names=" · ".join([names, place, country_in(experience.country, language), *themes]),
        **more,
    )


def day_of(edtf) -> date | None:
    return parse_edtf(edtf).earliest() if edtf else None


register(
    SearchKind(
        number=3,
        model=Experience,
        label=_("Bank of Experiences"),
        documents=experience_documents,
        rows=lambda: Experience._base_manager.select_related("city").prefetch_related("themes"),
        related=[Related(City, "city", CITY_NAMES), Related(Theme, "themes")],
        children=[Child(Experience.themes.through, "experience_id")],
    )
)
register(
    SearchKind(
        number=4,
        model=FocusIssue,
        label=_("Focus Experience"),
        documents=issue_documents,
        rows=lambda: FocusIssue._base_manager.select_related("experience__city").prefetch_related(
            "experience__themes"
        ),
        related=[
            Related(Experience, "experience"),
            Related(City, "experience__city", CITY_NAMES),
            Related(Theme, "experience__themes"),
        ],
        depends_on=lambda issue: [issue, issue.experience],
    )
)
