"""Where metrics may be told: not where the public could hear."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from iaec_site.metrics.address import metrics_address

TOKEN = "sixteen-letters!"


@pytest.mark.parametrize(
    ("listen", "token", "address"),
    [
        ("127.0.0.1:9100", "", ("127.0.0.1", 9100, "")),
        ("9100", "", ("127.0.0.1", 9100, "")),
        ("[::1]:9100", "", ("::1", 9100, "")),
        ("127.0.0.1:9100", TOKEN, ("127.0.0.1", 9100, TOKEN)),
        ("0.0.0.0:9100", TOKEN, ("0.0.0.0", 9100, TOKEN)),
        ("10.0.0.7:9100", TOKEN, ("10.0.0.7", 9100, TOKEN)),
    ],
)
def test_addresses_that_the_public_does_not_reach(listen, token, address):
    assert metrics_address(listen, token) == address


def test_nowhere_by_default():
    assert metrics_address("", "") is None
    assert metrics_address("", TOKEN) is None


@pytest.mark.parametrize(
    "listen", ["0.0.0.0:9100", "[::]:9100", "10.0.0.7:9100", "203.0.113.5:9100", "[fe80::1]:9100"]
)
def test_an_address_that_others_reach_needs_a_token(listen):
    with pytest.raises(ImproperlyConfigured) as refused:
        metrics_address(listen, "")
    assert str(refused.value) == (
        f"METRICS_LISTEN is “{listen}”, which other machines can reach. Use 127.0.0.1:9100, or set METRICS_TOKEN, "
        "which Prometheus then has to send (docs/operate.md)."
    )


@pytest.mark.parametrize(
    "listen", ["localhost:9100", "example.org:9100", "127.0.0.1:0", "127.0.0.1:http", "127.0.0.1"]
)
def test_names_and_nonsense_are_refused(listen):
    with pytest.raises(ImproperlyConfigured):
        metrics_address(listen, TOKEN)


def test_a_token_that_could_be_guessed_is_refused():
    with pytest.raises(ImproperlyConfigured):
        metrics_address("127.0.0.1:9100", TOKEN[1:])
