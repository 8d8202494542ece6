"""Every personal datum that the database holds: where, why, for how long, and what removes it.

A test goes over all models: a field that stands neither here nor in tests/iaec_site/impersonal_fields.txt fails it.
The table in docs/privacy.md is made from it, and `manage.py personal_data` proves that nothing outlives its term.
"""

from __future__ import annotations

from iaec_site.terms import (
    ATTEMPTS_KEPT,
    RESULTS_KEPT,
    Datum,
    days,
    ended_invitations,
    ended_links,
    lost_sign_ins,
    older,
)
from newsletter.models import IP_HASH_KEPT
from newsletter.models.subscribers import CONFIRMATION_VALID

HOURLY = "worker, hourly"
BY_HAND = "a person"
WITH_ACCOUNT = "with the account"
READERS = "to send the letters that a reader asked for"
PROOF = "to prove that a reader agreed (GDPR, Art. 7)"
WORK = "so that colleagues know who did what"
ENTRANCE = "so that only staff come in"

DATA = (
    Datum(
        "Sign-up that nobody confirmed",
        "newsletter.Subscriber",
        "email language frequency state confirmation_token signed_up_at letter_sent_at",
        READERS,
        "7 days",
        HOURLY,
        "signed_up_at",
        lambda rows, now: rows.filter(state="pending", signed_up_at__lt=now - CONFIRMATION_VALID),
    ),
    Datum(
        "Reader: address and choices",
        "newsletter.Subscriber",
        "email language frequency state leaving_token preferences_token letter_sent_at soft_bounces left_at",
        READERS,
        "until erased at the reader's wish, by the desk's “Erase”",
        BY_HAND,
        "signed_up_at",
    ),
    Datum(
        "Reader: proof of consent",
        "newsletter.Subscriber",
        "consent consent_language consent_source source_path imported_at signed_up_at confirmed_at",
        PROOF,
        "as long as the reader's address",
        BY_HAND,
        "signed_up_at",
    ),
    Datum(
        "Keyed hash of a reader's IP address",
        "newsletter.Subscriber",
        "ip_hash",
        "to notice floods of sign-ups",
        "30 days",
        HOURLY,
        "signed_up_at",
        lambda rows, now: rows.exclude(ip_hash="").filter(signed_up_at__lt=now - IP_HASH_KEPT),
    ),
    Datum(
        "Which issue went to which reader",
        "newsletter.Delivery",
        "subscriber letter state due_at attempts changed_at answer",
        "so that nobody gets a letter twice",
        "as long as the reader's address",
        BY_HAND,
        "changed_at",
    ),
    Datum(
        "Letter that came back",
        "newsletter.Bounce",
        "subscriber kind at status report",
        "so that dead addresses get no letters",
        "as long as the reader's address",
        BY_HAND,
        "at",
    ),
    Datum(
        "Keyed hash of an address that gets no letters",
        "newsletter.Suppressed",
        "digest reason at",
        "so that who complained, or was erased, is never written to again",
        "for good; the address cannot be read from it",
        BY_HAND,
        "at",
    ),
    Datum(
        "Account of staff",
        "auth.User",
        "username password first_name last_name email last_login date_joined is_staff is_superuser is_active",
        ENTRANCE,
        "until somebody deletes it",
        BY_HAND,
        "date_joined",
    ),
    Datum(
        "Second step of an account",
        "otp_totp.TOTPDevice",
        "user name key confirmed created_at last_used_at",
        ENTRANCE,
        WITH_ACCOUNT,
        BY_HAND,
    ),
    Datum("Recovery code, as a hash", "entrance.RecoveryCode", "user digest", ENTRANCE, WITH_ACCOUNT, BY_HAND),
    Datum(
        "Session",
        "sessions.Session",
        "session_key session_data",
        ENTRANCE,
        "until it ends, 14 days at most",
        HOURLY,
        "expire_date",
        lambda rows, now: rows.filter(expire_date__lt=now),
    ),
    Datum(
        "Browser in which somebody is signed in",
        "entrance.SignIn",
        "user session_key browser began_at seen_at",
        "so that they can close it from afar",
        "as long as the session",
        HOURLY,
        "seen_at",
        lost_sign_ins,
    ),
    Datum(
        "Failed attempt to sign in",
        "axes.AccessAttempt",
        "user_agent ip_address username http_accept path_info attempt_time get_data post_data failures_since_start",
        "to stop who guesses passwords",
        "1 day",
        HOURLY,
        "attempt_time",
        older("attempt_time", ATTEMPTS_KEPT),
    ),
    Datum(
        "Log of failures (not written)",
        "axes.AccessFailureLog",
        "user_agent ip_address username http_accept path_info attempt_time locked_out",
        "not used: AXES_ENABLE_ACCESS_FAILURE_LOG is off",
        "none at all",
        "never written",
        "attempt_time",
        lambda rows, now: rows,
    ),
    Datum(
        "Log of sign-ins (not written)",
        "axes.AccessLog",
        "user_agent ip_address username http_accept path_info attempt_time logout_time session_hash",
        "not used: AXES_DISABLE_ACCESS_LOG",
        "none at all",
        "never written",
        "attempt_time",
        lambda rows, now: rows,
    ),
    Datum(
        "How often somebody tried, under a keyed hash",
        "entrance.Count",
        "key number ends_at",
        "limits on sign-in, sign-up and forms",
        "until its window ends, a day at most",
        HOURLY,
        "ends_at",
        lambda rows, now: rows.filter(ends_at__lt=now),
    ),
    Datum(
        "Trail of staff acts, with the network they came from",
        "entrance.TrailEntry",
        "at act actor about network",
        "to find out what happened after an incident",
        "TRAIL_DAYS (365 days)",
        HOURLY,
        "at",
        days("TRAIL_DAYS", "at"),
    ),
    Datum(
        "Invitation",
        "invitations.Invitation",
        "email role language invited_by nonce sent_at expires_at accepted_at revoked_at",
        "to make an account without sending a password",
        "30 days after it was accepted, revoked or ran out",
        HOURLY,
        "sent_at",
        ended_invitations,
    ),
    Datum(
        "Shared link to a draft",
        "desk.DraftLink",
        "token_hash note made_at made_by expires_at revoked_at opened_at",
        "to show a draft to somebody without an account",
        "30 days after it ended",
        HOURLY,
        "made_at",
        ended_links,
    ),
    Datum(
        "Who saved what (list of acts)",
        "admin.LogEntry",
        "action_time user object_repr change_message",
        WORK,
        "HISTORY_DAYS (730 days; 0: for ever)",
        HOURLY,
        "action_time",
        days("HISTORY_DAYS", "action_time"),
    ),
    Datum(
        "Who wrote a version (history)",
        "reversion.Revision",
        "date_created user comment",
        WORK,
        "HISTORY_DAYS; of older ones the last of each month, as part of the content",
        "worker, weekly",
        "date_created",
    ),
    Datum("Versions of items", "reversion.Version", "serialized_data object_repr", WORK, "as above", "worker, weekly"),
    Datum(
        "Who works on a copy",
        "desk.WorkingCopy",
        "data title begun_at changed_at changed_by scheduled_by",
        WORK,
        "until it is published or thrown away",
        BY_HAND,
        "changed_at",
    ),
    Datum(
        "What somebody wants to be told",
        "desk.LettersToStaff",
        "user language proposals translations told_of_translations",
        "letters to staff",
        WITH_ACCOUNT,
        BY_HAND,
    ),
    Datum(
        "Who confirmed a translation",
        "translations.TranslationEntry",
        "confirmed_at confirmed_by",
        WORK,
        "as long as the text; nameless once the account goes",
        WITH_ACCOUNT,
        "confirmed_at",
    ),
    Datum(
        "Languages of a translator", "translations.TranslatorLanguages", "user languages", WORK, WITH_ACCOUNT, BY_HAND
    ),
    Datum("Networks of an editor", "networks.NetworkEditor", "user", "to limit rights", WITH_ACCOUNT, BY_HAND),
    Datum(
        "Who proposed and decided for the front page",
        "pages.FrontPageProposal",
        "reason proposed_by proposed_at decision answer decided_by decided_at",
        WORK,
        "as long as the proposal; nameless once the account goes",
        WITH_ACCOUNT,
        "proposed_at",
    ),
    Datum(
        "Who approved an issue",
        "newsletter.Issue",
        "approved_at approved_by",
        WORK,
        "as long as the issue; nameless once the account goes",
        WITH_ACCOUNT,
        "approved_at",
    ),
    Datum(
        "Background task: what it was about, and its error",
        "django_tasks_database.DBTaskResult",
        "args_kwargs return_value exception_class_path traceback",
        "to try again what failed",
        "14 days after its end",
        HOURLY,
        "finished_at",
        older("finished_at", RESULTS_KEPT),
    ),
    Datum(
        "Author or person shown on a picture",
        "pictures.Picture",
        "credit alt title",
        "credits that licences ask for; descriptions for who cannot see",
        "as long as the picture",
        BY_HAND,
        "created_at",
    ),
)


def as_table() -> str:
    """The table of docs/privacy.md."""
    lines = ["| what | where | why | for how long | removed by |", "|---|---|---|---|---|"]
    for one in DATA:
        lines.append(
            f"| {one.what} | `{one.model}`: {one.fields.replace(' ', ', ')} | {one.why} | {one.term} "
            f"| {one.removed_by} |"
        )
    return "\n".join(lines) + "\n"
