"""Finds translated fields that are printed past the accessors of `translations`, in templates and in Python."""

from __future__ import annotations

import ast

from django.conf import settings
from django.template import Node
from django.template.base import FilterExpression, Variable
from django.template.defaulttags import IfNode
from modeltranslation.translator import translator

# An address is no text: `get_absolute_url` finds the one in the page's language.
NO_TEXTS = {"slug"}


def translated_fields():
    """The names of all translated fields, and of their columns: {"title", "title_en", …}."""
    fields = {
        name
        for model in translator.get_registered_models(abstract=False)
        for name in translator.get_options_for_model(model).all_fields
    } - NO_TEXTS
    return fields | {f"{field}_{code}" for field in fields for code, language in settings.LANGUAGES}


def bypasses_in_template(template):
    """Sorted variables such as "event.title" that a compiled template (`django.template.Template`) reads by itself.

    Every expression counts, in whichever tag: `{{ }}`, `{% with %}`, `{% include with %}`, `{% firstof %}`, the
    argument of a filter. Only the condition of an `{% if %}` shows nothing to anybody.
    """
    found, fields = set(), translated_fields()
    for variable in _variables(template.nodelist, set()):
        parts = str(variable).split(".")
        if set(parts[1:]) & fields:
            found.add(str(variable))
    return sorted(found)


def _variables(value, seen):
    if isinstance(value, Variable):
        yield value.var
    elif isinstance(value, FilterExpression):
        yield from _variables(value.var, seen)
        for _filter, arguments in value.filters:
            for is_variable, argument in arguments:
                if is_variable:
                    yield from _variables(argument, seen)
    elif isinstance(value, IfNode):
        for _condition, nodelist in value.conditions_nodelists:
            yield from _variables(nodelist, seen)
    elif isinstance(value, Node):
        if id(value) not in seen:
            seen.add(id(value))
            # Not the way back up: a node knows the template that it came from.
            yield from _variables(
                [part for name, part in vars(value).items() if name not in ("origin", "token")], seen
            )
    elif isinstance(value, dict):
        yield from _variables(list(value.values()), seen)
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from _variables(part, seen)


def bypasses_in_python(source):
    """Sorted expressions of a module that read a translated field: `event.title`, `getattr(row, "title")`."""
    fields, found = translated_fields(), set()
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load) and node.attr in fields:
            found.add(ast.unparse(node))
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "getattr":
            name = node.args[1]
            if isinstance(name, ast.Constant) and name.value in fields:
                found.add(ast.unparse(node))
            elif isinstance(name, ast.JoinedStr):
                start = name.values[0]
                if isinstance(start, ast.Constant) and start.value.removesuffix("_") in fields:
                    found.add(ast.unparse(node))
    return sorted(found)
