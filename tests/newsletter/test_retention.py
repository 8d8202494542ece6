from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone

from newsletter.models import Subscriber
from tests.factories import make_network, make_subscriber


def signed_up(days, **overrides):
    moment = timezone.now() - timedelta(days=days)
    if overrides.get("state") == "pending":
        overrides["confirmed_at"] = None
    return make_subscriber(signed_up_at=moment, ip_hash="f" * 64, **overrides)


def test_unconfirmed_sign_ups_go_after_seven_days_and_hashes_after_thirty(db, capsys):
    kept = [
        signed_up(6.9, state="pending"),
        signed_up(29.9),
        signed_up(30.1),
        signed_up(31, state="left"),
    ]
    gone = signed_up(7.1, state="pending")
    gone.networks.add(make_network())

    call_command("prune_subscribers")

    assert capsys.readouterr().out == "1 unconfirmed sign-ups and 2 hashes deleted.\n"
    assert sorted(Subscriber.objects.values_list("pk", "ip_hash")) == [
        (row.pk, hashed) for row, hashed in zip(kept, ["f" * 64, "f" * 64, "", ""], strict=True)
    ]
    call_command("prune_subscribers")
    assert capsys.readouterr().out == "0 unconfirmed sign-ups and 0 hashes deleted.\n"
