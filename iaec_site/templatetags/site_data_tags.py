"""What search engines read of the association on the home page."""

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html

from iaec_site.structured_data import organization_data, website_data
from publishing.structured_data import data_block
from translations.texts import current_language

register = template.Library()


@register.simple_tag(takes_context=True)
def site_structured_data(context):
    """The Organization and the WebSite as JSON-LD; nothing before the association has a name. Reads `site` of the
    frame with the links that the footer shows.
    """
    request, site = context.get("request"), context.get("site")
    if request is None or site is None:
        return ""
    absolute = request.build_absolute_uri
    home = absolute(reverse("home"))
    links = [link.url for link in site.links_shown if link.url]
    organization = organization_data(site, home=home, logo=absolute(static("img/apple-touch-icon.png")), links=links)
    website = website_data(site, home=home, search=absolute(reverse("search")), language=current_language())
    return format_html("{}\n  {}", data_block(organization), data_block(website))
