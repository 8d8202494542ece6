"""What a browser would send for a field that nobody touched."""

from django.forms import ModelChoiceField, ModelMultipleChoiceField


def as_posted(bound):
    """`{name: [value, …]}`; a box without a tick and an empty choice of several send nothing: `{name: []}`."""
    field, name, value = bound.field, bound.html_name, bound.value()
    if isinstance(field, ModelMultipleChoiceField):  # its widget would ask the database for every choice
        return {name: sorted(text_of(field.prepare_value(one)) for one in value or [])}
    if isinstance(field, ModelChoiceField):
        return {name: [text_of(field.prepare_value(value))]}
    widget = getattr(field.widget, "widget", field.widget)  # the admin wraps those of relations
    if widget.needs_multipart_form:
        return {name: [], f"{name}-clear": []}
    return dict(sent(widget.get_context(name, value, {})["widget"]))


def sent(widget):
    if "subwidgets" in widget:
        for part in widget["subwidgets"]:
            yield from sent(part)
    elif "optgroups" in widget:
        options = [option for _group, options, _index in widget["optgroups"] for option in options]
        yield widget["name"], [text_of(option["value"]) for option in options if option["selected"]]
    elif widget.get("type") == "checkbox":
        yield widget["name"], ["on"] if widget["attrs"].get("checked") else []
    else:
        yield widget["name"], [text_of(widget["value"])]


def text_of(value):
    """As it is compared: a browser sends the ends of lines its own way."""
    return "" if value is None else str(value).replace("\r\n", "\n")
