from urllib.parse import urlencode

from django import template
from django.urls import reverse

from translations.kinds import kinds

register = template.Library()


@register.simple_tag
def translations_of(item):
    """The address of an item's row in the matrix; "" where it is not translated."""
    name = item._meta.label_lower
    if name not in kinds():
        return ""
    query = urlencode({"kind": name, "item": item.pk})
    return f"{reverse('admin:translations_translateditem_changelist')}?{query}"
