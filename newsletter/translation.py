from modeltranslation.translator import TranslationOptions, register

from newsletter.models import ConsentText, Issue, IssuePart


@register(ConsentText)
class ConsentTextTranslation(TranslationOptions):
    fields = ("text",)


@register(Issue)
class IssueTranslation(TranslationOptions):
    fields = ("subject", "preview_text", "intro")


@register(IssuePart)
class IssuePartTranslation(TranslationOptions):
    fields = ("note",)
