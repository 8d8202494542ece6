"""Asks as Prometheus does, and reads the answer with the parsers of prometheus_client."""

import http.client
from collections import Counter

from prometheus_client.openmetrics.parser import text_string_to_metric_families as of_openmetrics
from prometheus_client.parser import text_string_to_metric_families as of_plain

OPENMETRICS = "application/openmetrics-text; version=1.0.0"


def ask(port, path="/metrics", method="GET", host="127.0.0.1", **headers):
    """(status, headers, text)"""
    connection = http.client.HTTPConnection(host, port, timeout=20)
    try:
        connection.request(method, path, headers={name.replace("_", "-"): text for name, text in headers.items()})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read().decode()
    finally:
        connection.close()


class Told:
    """What is told at one moment."""

    def __init__(self, port, parse=of_plain, **headers):
        status, self.headers, self.text = ask(port, **headers)
        assert status == 200, self.text
        self.families = {family.name: family for family in parse(self.text)}
        self.samples = [sample for family in self.families.values() for sample in family.samples]

    def value(self, name, **labels):
        """Of the only sample with these labels, whatever others it has."""
        (found,) = [one.value for one in self.samples if one.name == name and labels.items() <= one.labels.items()]
        return found

    def sum(self, name, **labels):
        return sum(one.value for one in self.samples if one.name == name and labels.items() <= one.labels.items())

    def answers(self):
        """Numbers of answers by kind, method and class of status; of what never was there is none."""
        found = Counter()
        for one in self.samples:
            if one.name == "iaec_http_requests_total" and one.value:
                found[one.labels["kind"], one.labels["method"], one.labels["status"]] = one.value
        return found


def told_in_openmetrics(port):
    return Told(port, parse=of_openmetrics, Accept=OPENMETRICS)
