"""The mail server: reached, greeted and signed in to. No letter is sent."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.core.mail import get_connection

from iaec_site.doctor.findings import Finding, fails, ok, warning

PATIENCE = 5  # seconds that the server may be silent
REMEDY = "Compare EMAIL_URL with what the provider says: scheme (smtp+tls, smtp+ssl), name, port, user, password."


def mail() -> Iterator[Finding]:
    kind = settings.EMAIL_BACKEND.removeprefix("django.core.mail.backends.").removesuffix(".EmailBackend")
    if kind != "smtp":
        words = f"letters become files in {settings.EMAIL_FILE_PATH}" if kind == "filebased" else f"{kind}: none leave"
        if settings.PRODUCTION:
            yield fails("mail", words, "Set EMAIL_URL=smtp+tls://user:password@server:587.")
        else:
            yield ok("mail", words)
        return
    where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    connection = get_connection(settings.EMAIL_BACKEND, timeout=PATIENCE)
    try:
        connection.open()  # EHLO, STARTTLS and AUTH, as EMAIL_URL asks for them
        connection.connection.noop()
    except OSError as error:  # smtplib's errors are of this kind, too
        yield fails("mail", f"{where}: {error or type(error).__name__}", REMEDY)
        return
    finally:
        connection.close()
    is_safe = settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL
    words = f"{where} answers" + (" and lets us in" if settings.EMAIL_HOST_USER else "")
    if settings.EMAIL_HOST_USER and not is_safe and settings.EMAIL_HOST not in {"localhost", "127.0.0.1", "::1"}:
        yield warning("mail", f"{words}; the password travels unencrypted", "Write smtp+tls:// in EMAIL_URL.")
    else:
        yield ok("mail", words)
