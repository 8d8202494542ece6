"""A letter to one person, in their language: subject, text and HTML are templates, `<name>_subject.txt` and so on.

Every letter that the site writes by itself is made here; issues of the newsletter, which go to thousands, are not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.core.mail import EmailMultiAlternatives
from django.template import Context
from django.template.loader import get_template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import override

from publishing.letter_markup import with_styles_inlined
from publishing.mail_trouble import PAUSES, is_final

LONG_KEY = re.compile(r"([\w-]{6})[\w-]{24,}")


def letter(
    name: str,
    *,
    to: str,
    language: str,
    links: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
    **context,
) -> EmailMultiAlternatives:
    """`name` is that of the templates, "newsletter/mail/welcome"; `language` is a code of the site's.

    `links` stand as they are in the text and can be followed in the HTML, where `urls` holds the bare addresses.
    """
    context["language"], links = language, dict(links or {})
    followed = {
        key: format_html('<a class="link address" href="{}">{}</a>', url, shortened(url)) for key, url in links.items()
    }
    with override(language):
        subject = " ".join(plain(f"{name}_subject.txt", context).split())
        text = "\n".join(filter(str.strip, [plain(f"{name}.txt", context | links), plain("mail/_foot.txt", {})]))
        html = get_template(f"{name}.html").render(context | {"subject": subject, "links": followed, "urls": links})
    message = EmailMultiAlternatives(
        subject,
        text,
        to=[to],
        # No holiday notices back, please (RFC 3834).
        headers={"Auto-Submitted": "auto-generated", "Content-Language": language} | dict(headers or {}),
    )
    message.attach_alternative(with_styles_inlined(html.strip()), "text/html")
    return message


def shortened(url: str) -> str:
    """How an address is shown where a click follows it: without its long key, "example.org/en/confirm/Gbaorx…/"."""
    return LONG_KEY.sub(r"\1…", url.partition("://")[2])


def plain(template_name: str, context: dict) -> str:
    """Without the escapes of HTML, which a reader of plain text would see."""
    return get_template(template_name).template.render(Context(context, autoescape=False)).strip() + "\n"


def send_or_try_again(message: EmailMultiAlternatives, task, *args, attempt: int) -> None:
    """For tasks that send one letter. When the mail server is away, `task` runs later with the next attempt as its
    last argument; raises OSError where it refused for good, or has been away too long.
    """
    try:
        message.send()
    except OSError as error:  # every error of smtplib is one
        if attempt >= len(PAUSES) or is_final(error) or not task.get_backend().supports_defer:
            raise
        task.using(run_after=timezone.now() + PAUSES[attempt]).enqueue(*args, attempt + 1)
