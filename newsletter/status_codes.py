"""Enhanced status codes of mail servers (RFC 3463): is the address gone, or is it the letter, the box, the day?"""

from __future__ import annotations

import re

from newsletter.models import Bounce

STATUS = re.compile(r"(?<![\d.])([45])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
# Permanent for this letter, not for this address (RFC 3463): a full box, a letter too large, a loop or a time that
# was over; then all that is said of the server, the protocol, the contents and its policies.
PASSING = {(2, 2), (2, 3), (4, 6), (4, 7)}
PASSING_SUBJECTS = {3, 5, 6, 7}


def kind_of(status: re.Match) -> str:
    """Hard or soft, of a match of STATUS."""
    subject, detail = int(status[2]), int(status[3])
    if status[1] == "4" or subject in PASSING_SUBJECTS or (subject, detail) in PASSING:
        return Bounce.Kind.SOFT
    return Bounce.Kind.HARD
