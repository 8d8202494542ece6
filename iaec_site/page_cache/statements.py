"""What an SQL statement does to the content that visitors see, told from its words."""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache

from django.apps import apps

# Tables that no page for visitors is made from. Whatever is not named here counts as content, new tables too.
NOT_CONTENT = frozenset(
    """
    django_admin_log django_content_type django_session
    auth_group auth_group_permissions auth_permission auth_user auth_user_groups auth_user_user_permissions
    django_tasks_database_dbtaskresult
    reversion_revision reversion_version
    checks_externaladdress checks_keptfinding checks_sitecheck
    desk_draftlink desk_letterstostaff desk_listeditem desk_workingcopy
    pictures_formerfile
    translations_change translations_translateditem translations_translationentry translations_translationstatus
    translations_translatorlanguages
    search_change
    invitations_invitation invitations_invitation_networks
    axes_accessattempt axes_accessattemptexpiration axes_accessfailurelog axes_accesslog
    otp_totp_totpdevice
    entrance_count entrance_recoverycode entrance_signin entrance_trailentry
    networks_networkeditor networks_networkeditor_networks
    pages_frontpageproposal
    experiences_tableversion
    newsletter_subscriber newsletter_subscriber_networks newsletter_subscriber_themes
    newsletter_bounce newsletter_delivery newsletter_letter newsletter_movement newsletter_sending
    newsletter_suppressed
    starter_content_loadeditem
    moving_in_movedthing
    page_cache_sharedgeneration workers_heartbeat
    """.split()
)

# No page may be kept for these alone: triggers write them, which is seen by nobody. All tables of the index are.
WRITTEN_BY_TRIGGERS = frozenset(["experiences_recordchange"])
OF_THE_INDEX = "search_"
# Among the tables that are read: one that nobody can tell the changes of, which is as good as any.
ANY = "*"


class Effect(Enum):
    NONE = "changes no content"
    ROWS = "writes rows of content, within a transaction if need be"
    OTHER = "may change content in ways that may need to stand outside of a transaction"


READING = frozenset(
    """
    select values pragma show set reset begin start commit end rollback release savepoint fetch move close declare
    listen unlisten notify analyze vacuum discard lock checkpoint reindex attach detach
    """.split()
)
WRITING = frozenset("insert replace update delete merge truncate with explain".split())
_NAME = r'(?:"[^"]+"|`[^`]+`|\[[^\]]+\]|[\w$]+)'
_TABLE = rf"(?:{_NAME}\s*\.\s*)?({_NAME})"
_TARGET = re.compile(
    rf"\b(?:insert\s+(?:or\s+\w+\s+)?into|replace\s+into|merge\s+into(?:\s+only)?|delete\s+from(?:\s+only)?"
    rf"|(?<!\bfor\s)(?<!\bdo\s)(?<!\bkey\s)update(?!\s+(?:set|of|nowait|skip)\b)(?:\s+or\s+\w+)?(?:\s+only)?"
    rf"|truncate(?:\s+table)?(?:\s+only)?)\s+{_TABLE}",
    re.IGNORECASE,
)
_COMMENT_OR_TEXT = re.compile(r"--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'", re.DOTALL)
_VERB = re.compile(r"[\s(;]*([a-z]+)", re.IGNORECASE)


def effect_of(sql: str) -> Effect:
    """The effect of a statement, or of several with semicolons between. Doubt counts as a change."""
    match = _VERB.match(sql)
    verb = match[1].lower() if match else ""
    if ";" not in sql:
        if verb in READING:
            return Effect.NONE
        if verb in WRITING - {"with", "explain", "truncate"}:
            return effect_on(_TARGET.match(sql, match.start(1)))
    plain = _COMMENT_OR_TEXT.sub(" ", sql)
    effects = {effect_of_one(part) for part in plain.split(";") if part.strip()}
    return next((effect for effect in (Effect.OTHER, Effect.ROWS) if effect in effects), Effect.NONE)


def effect_of_one(sql: str) -> Effect:
    """Of a single statement without comments and texts in quotes."""
    match = _VERB.match(sql)
    verb = match[1].lower() if match else ""
    if verb in READING:
        return Effect.NONE
    if verb not in WRITING:
        return Effect.OTHER
    if verb in {"with", "explain"}:
        # With data-modifying parts, or a plan that is carried out.
        targets = list(_TARGET.finditer(sql))
        return Effect.ROWS if any(effect_on(target) is Effect.ROWS for target in targets) else Effect.NONE
    if verb == "truncate":
        return Effect.ROWS  # of several tables, perhaps
    return effect_on(_TARGET.match(sql, match.start(1)))


def effect_on(target: re.Match | None) -> Effect:
    if target and target[1].strip('"`[]').lower() in NOT_CONTENT:
        return Effect.NONE
    return Effect.ROWS


SAVEPOINT = re.compile(
    r'\s*(savepoint|release(?:\s+savepoint)?|rollback\s+to(?:\s+savepoint)?)\s+"?(\w+)', re.IGNORECASE
)


@lru_cache(1)
def told_tables() -> frozenset[str]:
    """Those whose changes are seen in the statements that make them: all of content but what triggers write."""
    tables = {model._meta.db_table.lower() for model in apps.get_models(include_auto_created=True)}
    of_the_index = {table for table in tables if table.startswith(OF_THE_INDEX)}
    return frozenset(tables - NOT_CONTENT - WRITTEN_BY_TRIGGERS - of_the_index)


def table_in(match: re.Match) -> str:
    """In SQL, "a name" and a_name; neither database of ours tells capitals apart in ours, which have none."""
    return match[1].strip('"`[]').lower()


def tables_written(sql: str) -> frozenset[str]:
    """By a statement that writes rows of content; `ANY` among them where its words do not say for sure.

    The index follows each change within its transaction. What is made from it is not kept beyond any change anyway.
    """
    match = _VERB.match(sql)
    if ";" not in sql and match and match[1].lower() in {"insert", "replace", "update", "delete"}:
        target = _TARGET.match(sql, match.start(1))
        table = table_in(target) if target else ""
        if table in told_tables() or table.startswith(OF_THE_INDEX):
            return frozenset([table])
    return frozenset([ANY])


READING_NO_ROWS = frozenset("pragma show set reset begin start commit end rollback release savepoint close".split())
_READ = re.compile(rf"\b(?:from|join)\s+{_TABLE}", re.IGNORECASE)
# A list of tables, or a table in brackets: nobody here writes so, and whoever does need not be understood.
_UNCLEAR = re.compile(
    rf"\bfrom\s+{_TABLE}(?:\s+(?:as\s+)?{_NAME})?\s*,|\b(?:from|join)\s*\(\s*(?!select\b)|\bonly\b|\blateral\b|;",
    re.IGNORECASE,
)
_PART_OF_A_MOMENT = re.compile(r"\bextract\s*\(\s*\w+\s+from\b", re.IGNORECASE)
_WORD = re.compile(r"[\w$]+")


@lru_cache(4000)
def tables_read(sql: str) -> frozenset[str]:
    """By a statement; `ANY` among them where its words do not say for sure, and where it is no mere `SELECT`.

    Whatever is named as a table is, so there may be more than the database will look into, never fewer.
    """
    match = _VERB.match(sql)
    verb = match[1].lower() if match else ""
    if verb in READING_NO_ROWS:
        return frozenset()
    plain = _PART_OF_A_MOMENT.sub("extract (", _COMMENT_OR_TEXT.sub(" ", sql))
    if verb != "select" or _UNCLEAR.search(plain):
        return frozenset([ANY])
    tables = told_tables()
    if not all(table_in(named) in tables for named in _READ.finditer(plain)):
        return frozenset([ANY])
    return tables & {word.lower() for word in _WORD.findall(plain)}
