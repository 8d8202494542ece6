"""What needs attention in the list of events: links above it, a filter, and a column that says why."""

from django.contrib import admin
from django.contrib.admin.views.main import ORDER_VAR
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from agenda.attention import OF_SEVERAL, ORDER, Attention, attention_for, counts, needing
from agenda.tenses import read_notes
from desk.lean_list import LeanChangeList
from publishing.list_filters import ConditionFilter

PARAMETER = "attention"


class AttentionFilter(ConditionFilter):
    title = _("attention needed")
    parameter_name = PARAMETER

    def lookups(self, request, model_admin):
        return [*OF_SEVERAL.items()]

    def condition(self, value, model):
        return needing(value) if value in Attention else None

    def count_facets(self, model, rows, keys):
        """By the small indexes of what needs attention; in one query with other filters every row would be read."""
        listed = None if keys is None else set(keys)
        counts = {}
        for at, (value, _label) in enumerate(self.lookup_choices):
            if listed is None:
                counts[f"{at}__c"] = rows.filter(needing(value)).count()
            else:
                needy = model.objects.filter(needing(value)).order_by().values_list("pk", flat=True)
                counts[f"{at}__c"] = sum(pk in listed for pk in needy)
        return counts


class EventChangeList(LeanChangeList):
    def get_ordering_field_columns(self):
        """No arrow in the heads of columns while the most urgent come first, which is no column's order."""
        if ORDER_VAR not in self.params and self.params.get(PARAMETER) in Attention:
            return {}
        return super().get_ordering_field_columns()


class AttentionAdmin(admin.ModelAdmin):
    change_list_template = "admin/agenda/event/change_list.html"

    class Media:
        css = {"all": ["admin-look/event-desk.css"]}

    def get_changelist(self, request, **kwargs):
        return EventChangeList

    def get_ordering(self, request):
        return ORDER.get(request.GET.get(PARAMETER)) or super().get_ordering(request)

    def changelist_view(self, request, extra_context=None):
        links = self.attention_links(request) if request.method == "GET" else []
        return super().changelist_view(request, (extra_context or {}) | {"attention_links": links})

    def attention_links(self, request):
        """`[{"text": "3 dates to firm up", "value": "firm_up", "is_chosen": False}, …]`, those that there are."""
        chosen = request.GET.get(PARAMETER)
        return [
            {"text": in_numbers(attention, count), "value": attention.value, "is_chosen": attention == chosen}
            for attention, count in counts(self.get_queryset(request)).items()
            if count
        ]

    @admin.display(description=_("needs attention"), empty_value="")
    def attention_column(self, event):
        attention = attention_for(event)
        if attention is None:
            return ""
        badge = format_html('<span class="attention attention-{}">{}</span>', attention.value, attention.label)
        return badge + words_found(event) if attention is Attention.REWORD else badge


def words_found(event):
    """The words to look for in each language, so that nobody has to read five texts."""
    return format_html_join(
        "",
        '<span class="words-found"><span class="words-language">{}</span> <q lang="{}">{}</q></span>',
        ((language.upper(), language, words) for language, words in read_notes(event.worded_as_coming)),
    )


def in_numbers(attention, count):
    match attention:
        case Attention.FIRM_UP:
            text = ngettext("%(count)d date to firm up", "%(count)d dates to firm up", count)
        case Attention.ANNOUNCE:
            text = ngettext("%(count)d date to be announced", "%(count)d dates to be announced", count)
        case _:
            text = ngettext("%(count)d past but worded as coming", "%(count)d past but worded as coming", count)
    return text % {"count": count}
