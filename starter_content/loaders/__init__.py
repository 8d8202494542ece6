"""One function per subject, in the order in which their items refer to each other."""

from starter_content.loaders.editions import load_editions, load_events, load_series
from starter_content.loaders.experiences import load_experiences
from starter_content.loaders.news import load_news
from starter_content.loaders.places import load_places
from starter_content.loaders.site import load_newsletter, load_pages, load_site
from starter_content.loaders.taxonomy import load_taxonomy

LOADERS = (
    load_taxonomy,
    load_places,
    load_series,
    load_editions,
    load_events,
    load_experiences,
    load_news,
    load_pages,
    load_site,
    load_newsletter,
)
