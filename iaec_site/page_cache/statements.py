"""What an SQL statement does to the content that visitors see, told from its words."""

from __future__ import annotations

import re
from enum import Enum

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
