"""Editorial pages as search finds them."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from pages.models import Page
from publishing.text_words import words_of
from search.kinds import Document, SearchKind, register
from translations.texts import languages_of


def page_documents(page):
    for language in languages_of(page):
        with override(language):
            url = page.get_absolute_url()
        yield Document(
            language=language,
            title=getattr(page, f"title_{language}"),
            url=url,
            lead=getattr(page, f"teaser_{language}") or "",
            body=words_of(getattr(page, f"body_{language}") or "", rich=True),
        )


register(
    SearchKind(number=9, model=Page, label=_("Pages"), documents=page_documents, rows=lambda: Page._base_manager.all())
)
