"""Parts of a page that stand twice, or not at all."""

from django import template
from django.utils.html import format_html

register = template.Library()


@register.tag
def kept(parser, token):
    """`{% kept as page_title %}{% block heading %}…{% endblock %}{% endkept %}`: a block that is printed twice."""
    try:
        _, _, name = token.split_contents()
    except ValueError:
        raise template.TemplateSyntaxError("Write {% kept as name %}.") from None
    content = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(content, name)


class KeptNode(template.Node):
    """Not a `simple_block_tag`: those hide the blocks in them from `block.super`."""

    def __init__(self, nodelist, name):
        self.nodelist, self.name = nodelist, name

    def render(self, context):
        context[self.name] = self.nodelist.render(context)
        return ""


@register.simple_block_tag
def facts(content, css=""):
    """A list of facts, each a `facts-row`; nothing where no row is there, since an empty `<dl>` is no list."""
    if not content.strip():
        return ""
    return format_html('<dl class="{}">{}</dl>', f"facts {css}".strip(), content)
