"""What the pages of the bank show besides texts: boxes to tick, and addresses of a choice in other forms."""

from __future__ import annotations

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from experiences.facets import texts_of
from experiences.selection import ExperienceSelection, title_of
from translations.texts import current_language

register = template.Library()


@register.simple_tag
def facet_boxes(name, options):
    """A box to tick for each option, with what it leads to. In Python: there can be hundreds of cities."""
    here = current_language()
    return format_html_join(
        "\n",
        '<label class="facet-choice"><input type="checkbox" name="{}" value="{}"{}>'
        '<span{}>{}</span> <span class="facet-count">{}</span></label>',
        (
            (
                name,
                option.value,
                " checked" if option.chosen else "",
                format_html(' lang="{}"', option.language) if option.language != here else "",
                option.label,
                option.count,
            )
            for option in options
        ),
    )


@register.simple_tag(takes_context=True)
def bank_forms(context, selection=None):
    """`{% bank_forms selection=selection as forms %}`: the same choice as `.atom`, `.feed` (JSON Feed), `.csv` and
    `.json`, whole addresses, and its `.title`.
    """
    selection = selection or ExperienceSelection()
    request = getattr(context, "request", None) or context["request"]

    def address(name):
        return request.build_absolute_uri(selection.data_address(reverse(f"experiences:{name}")))

    return {
        "title": title_of([text.text for text in texts_of(selection)]),
        "atom": address("experience_atom_feed"),
        "feed": address("experience_json_feed"),
        "csv": address("experience_csv"),
        "json": address("experience_json"),
    }


@register.simple_tag(takes_context=True)
def focus_forms(context):
    """The series as `.atom`, `.feed`, `.csv` and `.json`, whole addresses."""
    request = getattr(context, "request", None) or context["request"]
    names = {"atom": "focus_atom_feed", "feed": "focus_json_feed", "csv": "focus_csv", "json": "focus_json"}
    return {key: request.build_absolute_uri(reverse(f"experiences:{name}")) for key, name in names.items()}
