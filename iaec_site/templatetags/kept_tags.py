"""Parts of a page that many pages show alike, or that are made again while the content is the same."""

from django import template
from django.utils.safestring import mark_safe

from pictures.shown import has_shown_lead, note_again, request_of, shown_apart
from publishing.kept import once_per_change, once_per_content

register = template.Library()


@register.tag("once_per_change")
def compile_once_per_change(parser, token):
    """`{% once_per_change "footer" %}…{% endonce_per_change %}`: what is within is made once until content changes.

    What they print may depend on the content, the language, the host and the moment, and on what else is named:
    `{% once_per_change "menu" menu.state %}`. Not on the page's own address or item, or on other variables.
    Variables that are set within are not there afterwards. Where one that is named is missing, nothing is kept.

    With `only` at the end, as of `{% include %}`, there are no variables within but the request: then it is kept while
    the tables stand still that were asked within. Else those count as well that were asked for the page before.
    """
    name, *arguments = token.split_contents()
    is_apart = arguments[-1:] == ["only"]
    if is_apart:
        arguments.pop()
    if not arguments:
        raise template.TemplateSyntaxError(f"{name} needs a name for what it keeps")
    nodes = parser.parse((f"end{name}",))
    parser.delete_first_token()
    return OncePerChange([parser.compile_filter(argument) for argument in arguments], nodes, is_apart=is_apart)


class OncePerChange(template.Node):
    child_nodelists = ("nodes",)

    def __init__(self, arguments, nodes, *, is_apart):
        self.arguments = arguments
        self.nodes = nodes
        self.is_apart = is_apart

    def render(self, context):
        request = request_of(context)
        # What staff look at (a draft, another day) is theirs alone.
        if request is None or getattr(request, "desk_notice", None):
            return self.rendered(context, request)

        def make():
            with shown_apart(request) as shown:
                return self.rendered(context, request), shown

        arguments = [argument.resolve(context, ignore_failures=True) for argument in self.arguments]
        if None in arguments:
            return self.rendered(context, request)
        key = ("block", *arguments, request.scheme, request.get_host(), has_shown_lead(request))
        html, shown = once_per_change(key, make, apart=self.is_apart)
        note_again(request, shown)
        return html

    def rendered(self, context, request):
        if self.is_apart:
            return self.nodes.render(context.new({"request": request}))
        with context.push():
            return self.nodes.render(context)


@register.tag("cards")
def compile_cards(parser, token):
    """`{% cards event page "agenda/_event_card.html" heading="h3" %}`: one after the other, the items of a list.

    As if each was included with itself as `event` and the given words, and nothing else. A card that was made before
    of the same content is not made again: see `publishing.kept.once_per_content`.
    """
    name, variable, items, partial, *words = token.split_contents()
    given = template.base.token_kwargs(words, parser)
    if words:
        raise template.TemplateSyntaxError(f"{name} does not understand {words[0]}")
    return Cards(variable, parser.compile_filter(items), parser.compile_filter(partial), given)


class Cards(template.Node):
    def __init__(self, variable, items, partial, given):
        self.variable, self.items, self.partial, self.given = variable, items, partial, given

    def render(self, context):
        partial = self.partial.resolve(context)
        given = {name: value.resolve(context) for name, value in self.given.items()}
        request = request_of(context)
        # What staff look at (a draft, another day) is theirs alone.
        is_kept = request is not None and not getattr(request, "desk_notice", None)
        names = (partial, *given.items())

        def card(item):
            return context.template.engine.get_template(partial).render(context.new({self.variable: item, **given}))

        def kept_card(item):
            def make():
                with shown_apart(request) as shown:
                    return card(item), shown

            html, shown = once_per_content(item, (*names, has_shown_lead(request)), make)
            note_again(request, shown)
            return html

        one = kept_card if is_kept else card
        return mark_safe("".join(one(item) for item in self.items.resolve(context) or ()))
