"""A client that openapi-python-client (PyPI) made of the document calls every operation, again and again.

Where: MOCK_URL, a mock of the same document. Whatever that answers within the document, the client must understand; what the
client sends, the mock judges.

One thing it does not understand, and that is Python's: `datetime.fromisoformat` refuses the `z` and the leap second that
RFC 3339 allows. Such answers are counted, and no others may fail.
"""

import datetime
import os

from events_api import AuthenticatedClient
from events_api.api.events import create_event, get_event, list_events
from events_api.models import (
    ErrorDocument,
    EventCreate,
    EventCreateAttributes,
    EventCreateDocument,
    EventCreateType,
    EventDocument,
    EventListDocument,
    ListEventsSort,
)

ROUNDS = 60


def client(prefer=None):
    """The client, whose server is asked for a certain answer where `prefer` says one."""
    headers = {"S2S-Auth-Token": "any"} | ({"Prefer": prefer} if prefer else {})
    return AuthenticatedClient(
        base_url=os.environ["MOCK_URL"], token="any", headers=headers, raise_on_unexpected_status=True
    )


class Calls:
    """Calls that are made, and how many of their answers held a date-time that Python cannot read."""

    def __init__(self):
        self.understood = self.dates = 0

    def make(self, call, status, kind, **arguments):
        try:
            answer = call(**arguments)
        except ValueError as error:
            if not str(error).startswith(("Invalid isoformat string", "second must be in")):
                raise
            self.dates += 1
            return
        assert answer.status_code == status and isinstance(answer.parsed, kind), answer
        self.understood += 1


def main():
    api, calls = client(), Calls()
    for number in range(ROUNDS):
        calls.make(get_event.sync_detailed, 200, EventDocument, id=number + 1, client=api)
        attributes = EventCreateAttributes(name=f"name {number}")
        if number % 2:
            attributes.event_at = datetime.datetime(2026, 3, 1 + number % 28, tzinfo=datetime.timezone.utc)
        body = EventCreateDocument(data=EventCreate(type_=EventCreateType.EVENT, attributes=attributes))
        key = f"key-{number}"
        calls.make(create_event.sync_detailed, 201, EventDocument, client=api, body=body, idempotency_key=key)
        calls.make(
            list_events.sync_detailed,
            200,
            EventListDocument,
            client=api,
            filteraccountid="7",
            filterevent_atgte=datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc),
            sort=ListEventsSort.CREATEDAT,
            pagesize=1 + number,
            pagetotal=number % 2 == 0,
        )
    for status in (400, 401, 403, 404, 406, 429, 500, 503):
        calls.make(get_event.sync_detailed, status, ErrorDocument, id=1, client=client(f"code={status}"))
    assert calls.understood > 2 * ROUNDS, calls.understood
    print(f"openapi-python-client: {calls.understood} answers understood, {calls.dates} with a date that Python cannot read")


main()
