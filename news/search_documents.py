"""News posts as search finds them: by their texts, and the names of their cities."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from networks.models import City
from networks.search_names import CITY_NAMES, names_of_city
from news.models import Post
from publishing.text_words import words_of
from search.kinds import Child, Document, Related, SearchKind, register
from translations.texts import languages_of


def post_documents(post):
    for language in languages_of(post):
        with override(language):
            url = post.get_absolute_url()
        yield Document(
            language=language,
            title=getattr(post, f"title_{language}"),
            url=url,
            lead=getattr(post, f"teaser_{language}") or "",
            body=words_of(getattr(post, f"body_{language}") or "", rich=True),
            names=" · ".join(names_of_city(city) for city in post.cities.all()),
            day=post.date,
            edtf=post.date_edtf or post.date.isoformat(),
        )


register(
    SearchKind(
        number=2,
        model=Post,
        label=_("News"),
        documents=post_documents,
        rows=lambda: Post._base_manager.prefetch_related("cities"),
        related=[Related(City, "cities", CITY_NAMES)],
        children=[Child(Post.cities.through, "post_id")],
    )
)
