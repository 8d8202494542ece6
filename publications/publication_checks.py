"""What publications should have: a file to read, each in its own language, and readable for everybody."""

from django.utils.translation import gettext_lazy as _

from checks.addresses import page_of
from checks.findings import Matter, Severity
from checks.looking import publication_check
from checks.namesakes import told_apart_by
from checks.publication_checks import expects
from publications.documents import TextState
from publications.languages import primary
from publications.models import Publication, PublicationFile, PublicationSeries

WITHOUT_FILE = Matter(
    "publication_without_file",
    Severity.ERROR,
    _("There is nothing to read: add a file, or the page of this site on which the text stands."),
)
OTHER_LANGUAGE = Matter(
    "document_in_another_language",
    Severity.ADVICE,
    _("“%(document)s” stands under the language “%(offered)s”, but says of itself that it is in “%(declared)s”."),
)
WITHOUT_TEXT = Matter(
    "document_without_text",
    Severity.ADVICE,
    _("“%(document)s” has no text: search does not find what it says, and it cannot be read out."),
)
NOT_TAGGED = Matter(
    "document_not_tagged",
    Severity.ADVICE,
    _("“%(document)s” is not tagged: screen readers may read it out in a wrong order."),
)
MOST_NAMED = 3
SAME_FILE_TWICE = Matter("document_twice", Severity.ADVICE, _("“%(document)s” is also the file of “%(publication)s”."))

page_of("publications:publication_detail", Publication)
page_of("publications:series_detail", PublicationSeries)
told_apart_by(Publication, "year")
expects(Publication, "summary")


@publication_check(Publication)
def check_files(publication, known):
    files = files_of(publication, known)
    if not files and publication.page_id is None:
        yield WITHOUT_FILE.found(publication)
    for file in files:
        document = file.document
        declared = document.language_in_file.replace("_", "-").lower()
        if declared and primary(declared) != primary(file.language):
            yield OTHER_LANGUAGE.found(
                publication, document=str(document), offered=file.language, declared=document.language_in_file
            )
        if document.text_state in (TextState.NONE, TextState.FAILED):
            yield WITHOUT_TEXT.found(publication, document=str(document))
        elif not document.is_tagged:
            yield NOT_TAGGED.found(publication, document=str(document))
        for other in others_with(document, publication, known):
            yield SAME_FILE_TWICE.found(publication, document=str(document), publication=str(other))


def files_of(publication, known):
    """As the form has them, where one was sent: its rows are saved after the checks. Else as they are stored."""
    if hasattr(publication, "files_in_form"):
        return publication.files_in_form
    return of_several(known)[0].get(publication.pk, [])


def others_with(document, publication, known):
    """Other publications that offer the very same file."""
    if hasattr(publication, "files_in_form"):
        rows = same_files([document.digest]).exclude(publication=publication.pk)
        return [row.publication for row in rows[:MOST_NAMED]]
    rows = of_several(known)[1].get(document.digest, [])
    return [row.publication for row in rows if row.publication_id != publication.pk][:MOST_NAMED]


def of_several(known):
    """({publication: files}, {digest: files of any publication}) of all that is looked at together. Two queries."""
    if not hasattr(known, "files_of_publications"):
        pks = [item.pk for item in known.items if isinstance(item, Publication) and item.pk]
        by_publication, by_digest = {}, {}
        rows = list(PublicationFile.objects.filter(publication__in=pks).select_related("document"))
        for row in rows:
            by_publication.setdefault(row.publication_id, []).append(row)
        for row in same_files({row.document.digest for row in rows}) if rows else ():
            by_digest.setdefault(row.document.digest, []).append(row)
        known.files_of_publications = by_publication, by_digest
    return known.files_of_publications


def same_files(digests):
    return PublicationFile.objects.filter(document__digest__in=digests).select_related("document", "publication")
