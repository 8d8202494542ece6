"""What the doctor says of the address at which metrics should be told."""

import http.server
import threading

from iaec_site.doctor.findings import State
from iaec_site.doctor.of_metrics import metrics
from iaec_site.metrics.address import MetricsAddress
from iaec_site.metrics.counting import NAMES
from iaec_site.metrics.listener import MetricsListener
from iaec_site.metrics.shared_counts import OwnCounts
from tests.survival.breakable import free_port, wait_until


def test_metrics_that_are_off(settings):
    settings.METRICS_ADDRESS = None
    (finding,) = metrics()
    assert (finding.state, finding.found) == (State.SKIPPED, "off: METRICS_LISTEN is not set")


def test_metrics_that_are_told_and_then_no_more(settings, tmp_path, transactional_db):
    settings.METRICS_ADDRESS = MetricsAddress("127.0.0.1", free_port(), "a-token-of-sixteen")
    own, listener = OwnCounts(tmp_path, "web", NAMES), MetricsListener(settings.METRICS_ADDRESS, tmp_path)
    listener.begin()
    wait_until(lambda: next(metrics()).state is State.OK, "metrics")
    (finding,) = metrics()
    assert finding.found == f"told at http://{settings.METRICS_ADDRESS}/metrics to who has the token"

    listener.end()
    wait_until(lambda: next(metrics()).state is State.FAILS, "that nobody answers")
    (finding,) = metrics()
    assert finding.found == f"{settings.METRICS_ADDRESS}: [Errno 111] Connection refused"
    own.close()


def test_another_program_at_the_address(settings):
    server = http.server.HTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        settings.METRICS_ADDRESS = MetricsAddress("127.0.0.1", server.server_port, "")
        (finding,) = metrics()
    finally:
        server.shutdown()
        server.server_close()
    assert (finding.state, finding.found) == (
        State.FAILS,
        f"127.0.0.1:{server.server_port} answers 501, without ours",
    )
