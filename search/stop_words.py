"""Words that say nothing in a query, by language, as folded: they count within quotation marks only."""

_WORDS = {
    "en": """
        a an and are as at be by for from in into is it its of on or our that the their this to was
        were which with
    """,
    "es": """
        a al ante como con de del desde e el en entre es esta este la las lo los o para pero por que
        se sin sobre su sus u un una unas unos y
    """,
    "fr": """
        a au aux avec ce ces cette chez d dans de des du elle en est et il l la le les leur leurs
        mais ne ou par pas pour qu que qui sa se ses son sont sur un une y
    """,
    "ca": """
        a al als amb aquest aquesta com d de del dels el els en entre es i l la les lo na no o pel
        pels per que s se sense seu seva sobre un una unes uns
    """,
    "pt": """
        a ao aos as com como da das de do dos e em entre esta este na nas no nos o os ou para pela
        pelas pelo pelos por que se sem seu sua um uma umas uns
    """,
}
STOP_WORDS = {code: frozenset(words.split()) for code, words in _WORDS.items()}
