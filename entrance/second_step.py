"""The second step of signing in: a code of an app (TOTP, RFC 6238), or one of ten recovery codes.

The password opens a session that leads nowhere but to this step (`entrance.middleware`), whichever way somebody came
in. Whether it is due stands in the session: no page asks the database for it.
"""

from __future__ import annotations

import base64
import secrets

import segno
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django_otp.plugins.otp_totp.models import TOTPDevice

from entrance.limits import is_within
from entrance.models import RecoveryCode, TrailEntry
from entrance.trail import note

STEP, DUE, DONE = "entrance_step", "due", "done"
CODES = 10
# Without letters and figures that look alike: 16 of 31 are 79 bits.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
LENGTH = 16


def ask_for(session, user) -> None:
    if has_second_step(user):
        session[STEP] = DUE


def has_second_step(user) -> bool:
    return TOTPDevice.objects.filter(user=user, confirmed=True).exists()


def may_try(user) -> bool:
    return is_within("second-step", str(user.pk), most=10, seconds=15 * 60)


def is_right(user, text: str) -> bool:
    """Whether this is the code of now, not used before, or a recovery code, which is used up by it."""
    text = "".join(text.split()).replace("-", "").lower()
    with transaction.atomic():
        device = TOTPDevice.objects.select_for_update().filter(user=user, confirmed=True).first()
        if device is None:
            return False
        if len(text) == device.digits and text.isascii() and text.isdecimal():
            return device.verify_token(text)
        if len(text) != LENGTH:
            return False
        for code in RecoveryCode.objects.select_for_update().filter(user=user):
            if check_password(text, code.digest):
                code.delete()
                note(TrailEntry.Act.CODE_USED, actor=user.get_username())
                return True
    return False


def begin(user) -> TOTPDevice:
    """A new secret, which counts once a code of it was given."""
    TOTPDevice.objects.filter(user=user, confirmed=False).delete()
    return TOTPDevice.objects.create(user=user, name="app", confirmed=False)


def begun(user) -> TOTPDevice | None:
    return TOTPDevice.objects.filter(user=user, confirmed=False).first()


def finish(user, text: str) -> list[str] | None:
    """Switch it on if the code is that of the new secret, in place of an older one. Returns the recovery codes."""
    with transaction.atomic():
        device = TOTPDevice.objects.select_for_update().filter(user=user, confirmed=False).first()
        if device is None or not device.verify_token("".join(text.split())):
            return None
        TOTPDevice.objects.filter(user=user, confirmed=True).delete()
        device.confirmed = True
        device.save(update_fields=["confirmed"])
        note(TrailEntry.Act.SECOND_STEP_ON, user.get_username())
        return new_codes(user)


def new_codes(user) -> list[str]:
    """Ten codes in place of all before. They are shown this once."""
    codes = ["".join(secrets.choice(LETTERS) for _ in range(LENGTH)) for _ in range(CODES)]
    with transaction.atomic():
        RecoveryCode.objects.filter(user=user).delete()
        RecoveryCode.objects.bulk_create(RecoveryCode(user=user, digest=make_password(code)) for code in codes)
    return ["-".join(code[start : start + 4] for start in range(0, LENGTH, 4)) for code in codes]


def switch_off(user) -> None:
    with transaction.atomic():
        TOTPDevice.objects.filter(user=user).delete()
        RecoveryCode.objects.filter(user=user).delete()
        note(TrailEntry.Act.SECOND_STEP_OFF, user.get_username())


def picture_of(device: TOTPDevice) -> str:
    """The address of the secret as a QR code, drawn here: a `data:` URL of an SVG."""
    return segno.make(device.config_url, error="m").svg_data_uri(scale=5, border=4, light="#fff", dark="#000")


def secret_of(device: TOTPDevice) -> str:
    """The same to type by hand: “ABCD EFGH …” (base 32)."""

    text = base64.b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))
