"""The checks of formats.

Some are the library's own, the others are written here because the library departs from the standard. Not checked:
`binary` and `password`, which restrict nothing; `float` and `double`, since every number of JSON has a nearest one; and
every format that is not named here, as OpenAPI 3.0 asks of a format that is not known.
"""

import re
from calendar import monthrange
from decimal import Decimal
from typing import Any, Callable

from jsonschema import FormatChecker

LIBRARY = FormatChecker(formats=["ipv4", "ipv6", "hostname", "uri", "uri-reference"])
FORMATS = FormatChecker(formats=[])


def text_format(name: str) -> Callable:
    """Makes a function the check of a format of strings.

    It is not asked about text with an end of line, which no format has: the library's checks stand on Python's `$`,
    which matches before one.
    """

    def register(check: Callable[[str], bool]) -> Callable:
        FORMATS.checks(name)(lambda value: not isinstance(value, str) or ("\n" not in value and bool(check(value))))
        return check

    return register


for known in LIBRARY.checkers:
    text_format(known)(lambda text, name=known: LIBRARY.conforms(text, name))


def is_number(value: Any) -> bool:
    return isinstance(value, (int, Decimal)) and not isinstance(value, bool)


def is_integer(value: Any) -> bool:
    return is_number(value) and value == int(value)


def bounded(least: int, end: int) -> Callable[[Any], bool]:
    """The integers from the first to before the second; `1.0` is one, which the library does not look at."""
    return lambda value: not is_integer(value) or least <= value < end


# OpenAPI 3.0.3, "Data Types", and https://spec.openapis.org/registry/format/.
for bits in (8, 16, 32, 64):
    FORMATS.checks(f"int{bits}")(bounded(-(1 << (bits - 1)), 1 << (bits - 1)))
    FORMATS.checks(f"uint{bits}")(bounded(0, 1 << bits))


@text_format("date")
def is_date(text: str) -> bool:
    """`full-date` of RFC 3339, section 5.6. The library refuses the year 0000."""
    match = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text)
    if not match:
        return False
    year, month, day = map(int, match.groups())
    # The calendar repeats after 400 years, and Python's starts at 1.
    return 1 <= month <= 12 and 1 <= day <= monthrange(year + 400, month)[1]


@text_format("time")
def is_time(text: str) -> bool:
    """`full-time` of RFC 3339, section 5.6, with leap seconds, which the library refuses."""
    match = re.fullmatch(
        r"([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.[0-9]+)?(?:[Zz]|([+-])([0-9]{2}):([0-9]{2}))", text
    )
    if not match:
        return False
    hour, minute, second = map(int, match.group(1, 2, 3))
    offset_hour, offset_minute = (int(part or 0) for part in match.group(5, 6))
    if hour > 23 or minute > 59 or second > 60 or offset_hour > 23 or offset_minute > 59:
        return False
    # Section 5.7: a leap second is the last one of a day in UTC.
    offset = (offset_hour * 60 + offset_minute) * (-1 if match.group(4) == "-" else 1)
    return second < 60 or (hour * 60 + minute - offset) % (24 * 60) == 24 * 60 - 1


@text_format("date-time")
def is_date_time(text: str) -> bool:
    """`date-time` of RFC 3339, section 5.6."""
    return text[10:11] in ("T", "t") and is_date(text[:10]) and is_time(text[11:])


@text_format("uuid")
def is_uuid(text: str) -> bool:
    """RFC 4122, section 3. The library reads it with `int`, which takes underscores."""
    return re.fullmatch(r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}", text) is not None


@text_format("byte")
def is_byte(text: str) -> bool:
    """RFC 4648, section 4. The library fails on text outside of ASCII."""
    return re.fullmatch(r"([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?", text) is not None


@text_format("email")
def is_email(text: str) -> bool:
    """`Mailbox` of RFC 5321, section 4.1.2. The library only looks for an `@`."""
    atom = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
    label = r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?"
    local = rf'{atom}(\.{atom})*|"([ !#-\[\]-~]|\\[ -~])*"'
    match = re.fullmatch(rf"(?P<local>{local})@({label}(\.{label})*|\[(?P<address>[!-Z^-~]+)\])", text)
    if not match or len(match["local"]) > 64:
        return False
    address = match["address"]
    if address is None:
        return True
    if address.lower().startswith("ipv6:"):
        return LIBRARY.conforms(address[5:], "ipv6")
    return LIBRARY.conforms(address, "ipv4")
