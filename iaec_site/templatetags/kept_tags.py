"""Parts of a page that many pages show alike, or that are made again while the content is the same."""

from django import template

from pictures.shown import has_shown_lead, note_again, request_of, shown_apart
from publishing.kept import once_per_change

register = template.Library()


@register.tag("once_per_change")
def compile_once_per_change(parser, token):
    """`{% once_per_change "footer" %}…{% endonce_per_change %}`: what is within is made once until content changes.

    What they print may depend on the content, the language, the host and the moment, and on what else is named:
    `{% once_per_change "menu" menu.state %}`. Not on the page's own address or item, or on other variables.
    Variables that are set within are not there afterwards.
    """
    name, *arguments = token.split_contents()
    if not arguments:
        raise template.TemplateSyntaxError(f"{name} needs a name for what it keeps")
    nodes = parser.parse((f"end{name}",))
    parser.delete_first_token()
    return OncePerChange([parser.compile_filter(argument) for argument in arguments], nodes)


class OncePerChange(template.Node):
    child_nodelists = ("nodes",)

    def __init__(self, arguments, nodes):
        self.arguments = arguments
        self.nodes = nodes

    def render(self, context):
        request = request_of(context)
        # What staff look at (a draft, another day) is theirs alone.
        if request is None or getattr(request, "desk_notice", None):
            return self.nodes.render(context)

        def make():
            with shown_apart(request) as shown, context.push():
                return self.nodes.render(context), shown

        arguments = [argument.resolve(context) for argument in self.arguments]
        key = ("block", *arguments, request.scheme, request.get_host(), has_shown_lead(request))
        html, shown = once_per_change(key, make)
        note_again(request, shown)
        return html
