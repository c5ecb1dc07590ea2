"""A subscription in plain words: what is wanted, and when it is told.

Outlets and words to look for are as somebody typed them, so they are cleaned where they enter a sentence.
"""

from collections.abc import Iterable, Mapping

from newsdesk.kinds import Cadence
from newsdesk.readers import Subscription
from newsdesk.searches import Search
from newsdesk.text import clean_line

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def what(search: Search, names: Mapping[str, str]) -> str:
    """ "Leeds or York; inspection or direction; mentioning “care leavers”". `names` is by council's slug."""
    parts = [
        _either(names.get(each, each) for each in search.councils),
        _either(f"any council in {each}" for each in search.regions),
        _either(f"the statistical neighbours of {names.get(each, each)}" for each in search.neighbours),
    ]
    about = " or ".join(filter(None, parts)) or "Every council in England"
    kinds, grades, topics = (
        _either(each.replace("-", " ") for each in named)
        for named in (search.events, search.grades, search.topics)
    )
    outlets, query = _either(map(clean_line, search.outlets)), clean_line(search.query)
    return "; ".join(
        filter(
            None,
            (
                about,
                kinds,
                f"newly judged {grades}" if grades else "",
                f"on the topic {topics}" if topics else "",
                f"reported by {outlets}" if outlets else "",
                f"found by the words {query}" if query else "",
            ),
        )
    )


def when(subscription: Subscription) -> str:
    """ "Every day at 07:00"."""
    bell = subscription.bell
    match bell.cadence:
        case Cadence.INSTANT:
            return "At once"
        case Cadence.WEEKDAYS:
            return f"Monday to Friday at {bell.at}"
        case Cadence.WEEKLY:
            return f"Every {_DAYS[bell.weekday]} at {bell.at}"
    return f"Every day at {bell.at}"


def _either(words: Iterable[str]) -> str:
    return " or ".join(sorted(words))
