"""What the server has counted, read by the parser of prometheus-client (PyPI), which is as strict as OpenMetrics is.

Where: EVENTS_URL, EVENTS_METRICS, EVENTS_TOKEN and EVENTS_S2S_TOKEN. Nobody else may call the server meanwhile.
"""

import json
import os
from collections import Counter
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from prometheus_client.openmetrics.exposition import CONTENT_TYPE_LATEST
from prometheus_client.openmetrics.parser import text_string_to_metric_families

URL = os.environ["EVENTS_URL"]
CREDENTIALS = {
    "Authorization": f"Bearer {os.environ['EVENTS_TOKEN']}",
    "S2S-Auth-Token": os.environ["EVENTS_S2S_TOKEN"],
}
MEDIA_TYPE = {"Content-Type": "application/vnd.api+json"}
GROWING = {"counter", "histogram"}
NAMES = {
    "events_http_requests": "counter",
    "events_http_request_duration_seconds": "histogram",
    "events_http_requests_refused": "counter",
    "events_http_requests_in_flight": "gauge",
    "events_store_call_duration_seconds": "histogram",
}


def scraped():
    """Every family that there is by its name, each with its samples by their names and labels."""
    with urlopen(f"{os.environ['EVENTS_METRICS']}/metrics") as answer:
        assert answer.headers["Content-Type"] == CONTENT_TYPE_LATEST, answer.headers["Content-Type"]
        families = list(text_string_to_metric_families(answer.read().decode()))
    assert {family.name: family.type for family in families} == NAMES, families
    for family in families:
        assert family.documentation, family
        assert family.unit == ("seconds" if family.type == "histogram" else ""), family
    samples = {
        family.name: {
            (sample.name, frozenset(sample.labels.items())): sample.value for sample in family.samples
        }
        for family in families
    }
    for family in families:
        if family.type == "histogram":
            judge_histogram(family.name, samples[family.name])
    return samples


def judge_histogram(name, samples):
    """Buckets count all that is below them, and the last one everything."""
    series = {}
    for (sample, labels), value in samples.items():
        if sample == f"{name}_bucket":
            labels = dict(labels)
            bound = float(labels.pop("le"))
            series.setdefault(frozenset(labels.items()), []).append((bound, value))
    assert series, name
    for labels, buckets in series.items():
        buckets.sort()
        counts = [count for _, count in buckets]
        assert counts == sorted(counts), (name, labels, counts)
        assert buckets[-1] == (float("inf"), samples[f"{name}_count", labels]), (name, labels)
        assert samples[f"{name}_sum", labels] > 0, (name, labels)


def send(operation, path, headers=CREDENTIALS, body=None):
    """Sends a request and says under which labels it is counted."""
    body = None if body is None else json.dumps(body).encode()
    try:
        with urlopen(Request(URL + path, data=body, headers=headers)) as answer:
            status = answer.status
    except HTTPError as error:
        status = error.code
    return frozenset({"operation": operation, "status": str(status)}.items())


def main():
    before = scraped()
    event = {"data": {"type": "event", "attributes": {"name": "counted"}}}
    sent = Counter(
        [
            send("listEvents", "/events?page%5Bsize%5D=1"),
            send("listEvents", "/events?page%5Bsize%5D=0"),
            send("getEvent", "/events/1"),
            send("getEvent", "/events/1", CREDENTIALS | {"X-Request-Id": 'a"b\\'}),
            send("getEvent", "/events/999999999"),
            send("getEvent", "/events/1", {}),
            send("createEvent", "/events", CREDENTIALS | MEDIA_TYPE, event),
            send("createEvent", "/events", CREDENTIALS | MEDIA_TYPE, {}),
            send("none", "/%22%0A%7D%20nothing"),
            send("none", "/events/1/"),
        ]
    )
    after = scraped()

    for name, kind in NAMES.items():
        if kind in GROWING:
            for sample, value in before[name].items():
                assert after[name][sample] >= value, (name, sample)
    counted = Counter()
    for (sample, labels), value in after["events_http_requests"].items():
        grown = value - before["events_http_requests"].get((sample, labels), 0)
        counted.update({labels: int(grown)} if grown else {})
    assert counted == sent, (counted, sent)
    # Whatever is asked for, there are no more series than operations and statuses.
    operations = {dict(labels)["operation"] for _, labels in after["events_http_requests"]}
    assert operations == {"listEvents", "createEvent", "getEvent", "none"}, operations

    print(f"prometheus-client: {sum(map(len, after.values()))} samples of {len(after)} metrics read, {sent.total()} requests counted")


main()
