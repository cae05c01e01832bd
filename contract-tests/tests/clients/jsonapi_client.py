"""jsonapi-client (PyPI) lists, pages, filters, gets and creates events.

Where: EVENTS_URL, EVENTS_TOKEN and EVENTS_S2S_TOKEN. It is run with `python -P`, or its own name would hide the package.
"""

import logging
import os
import time

from jsonapi_client import Modifier, Session
from jsonapi_client.exceptions import DocumentError

URL = os.environ["EVENTS_URL"]
HEADERS = {
    "Authorization": f"Bearer {os.environ['EVENTS_TOKEN']}",
    "S2S-Auth-Token": os.environ["EVENTS_S2S_TOKEN"],
}
MODELS = {
    "event": {
        "properties": {
            "name": {"type": "string"},
            "eventAt": {"type": "string"},
            "payload": {"type": "object", "properties": {"minutes": {"type": "number"}}},
            "account": {"relation": "to-one", "resource": ["account"]},
        }
    }
}
NAME = f"jsonapi-client {os.getpid()}-{time.time_ns()}"


# It has a warning for every attribute that its schema does not name.
logging.getLogger("jsonapi_client").setLevel(logging.ERROR)


def create(session, name, minutes):
    """Creates an event. The client's rule is that paths are types; here, the path is given."""
    fields = {
        "name": name,
        "eventAt": f"2026-03-03T16:0{minutes}:00Z",
        "payload": {"minutes": minutes},
        "account": str(minutes % 2 + 1),
    }
    event = session.create("event", fields=fields)
    event.commit(f"{URL}/events")
    return event


def main():
    session = Session(URL, schema=MODELS, request_kwargs={"headers": HEADERS})
    created = []
    for minutes in range(1, 6):
        event = create(session, NAME, minutes)
        assert event.id and event.name == NAME, event
        created.append(event.id)

    fresh = Session(URL, request_kwargs={"headers": HEADERS})
    event = fresh.get("events", created[2]).resource
    assert (event.id, event["name"]) == (created[2], NAME), event
    assert event["payload"]["minutes"] == 3, event

    named = Modifier(f"filter[name]={NAME}&sort=eventAt")
    pages = [fresh.get("events", named + Modifier("page[size]=2"))]
    while pages[-1].links.next:
        pages.append(pages[-1].links.next.fetch())
    assert [len(page.resources) for page in pages] == [2, 2, 1], pages
    listed = [event.id for page in pages for event in page.resources]
    assert listed == created, listed

    fresh = Session(URL, request_kwargs={"headers": HEADERS})
    walked = [event.id for event in fresh.iterate("events", named + Modifier("page[size]=1"))]
    assert walked == created, walked
    three = [event.id for event in fresh.iterate("events", named + Modifier("filter[account][id]=2"))]
    assert three == created[0::2], three

    try:
        create(session, "a" * 256, 0)
    except DocumentError as error:
        assert error.errors["status_code"] == 422, error
    else:
        raise AssertionError("a name of 256 characters was accepted")

    print(f"jsonapi-client: {len(created)} events created, got, listed, paged and filtered")


main()
