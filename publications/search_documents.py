"""Publications as search finds them: by their texts, and by the words of their files in the language of each.

A file in a language of the site's stands with the publication in that language where it is translated, else with the
original, as do those in languages that the site does not speak: there their words are found as they are written.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from networks.models import City
from networks.search_names import CITY_NAMES, names_of_city
from publications.documents import Document, DocumentText
from publications.languages import name_of, own_name_of, primary
from publications.models import Publication, PublicationFile, PublicationSeries
from search.kinds import Child, Related, SearchKind, register
from search.kinds import Document as SearchDocument
from translations.texts import languages_of


def publication_documents(publication):
    existing = languages_of(publication)
    original = publication.source_language if publication.source_language in existing else existing[:1]
    original = original if isinstance(original, str) else next(iter(original), "")
    files = list(publication.files.all())
    for language in existing:
        with override(language):
            url = publication.get_absolute_url()
            names = [text for file in files for text in (name_of(file.language), own_name_of(file.language))]
        series = publication.series
        yield SearchDocument(
            language=language,
            title=getattr(publication, f"title_{language}"),
            url=url,
            lead=getattr(publication, f"summary_{language}") or "",
            body="\n".join(
                words_of_file(file) for file in files if stands_with(file, existing, original) == language
            ).strip(),
            names=" · ".join(
                filter(
                    None,
                    [
                        getattr(series, f"name_{language}") if series else "",
                        *(names_of_city(city) for city in publication.cities.all()),
                        *names,
                    ],
                )
            ),
            day=publication.day,
            edtf=publication.date,
        )


def stands_with(file, existing, original):
    return primary(file.language) if primary(file.language) in existing else original


def words_of_file(file):
    return file.document.words.text if hasattr(file.document, "words") else ""


register(
    SearchKind(
        number=10,
        model=Publication,
        label=_("Publications"),
        documents=publication_documents,
        rows=lambda: Publication._base_manager.select_related("series").prefetch_related(
            "cities", "files__document__words"
        ),
        related=[
            Related(PublicationSeries, "series", ["name"]),
            Related(City, "cities", CITY_NAMES),
            Related(Document, "files__document", ["digest"]),
            Related(DocumentText, "files__document__words", ["text"]),
        ],
        children=[Child(PublicationFile, "publication_id"), Child(Publication.cities.through, "publication_id")],
    )
)
