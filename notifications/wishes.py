"""A subscription in plain words: what is wanted, and when it is told."""

from collections.abc import Iterable, Mapping

from newsdesk.kinds import Cadence
from newsdesk.readers import Subscription
from newsdesk.searches import Search

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def what(search: Search, names: Mapping[str, str]) -> str:
    """ "Leeds or York; inspection or direction; mentioning “care leavers”". `names` is by council's slug."""
    parts = [
        _either(names.get(each, each) for each in search.councils),
        _either(f"any council in {each}" for each in search.regions),
        _either(f"the statistical neighbours of {names.get(each, each)}" for each in search.neighbours),
    ]
    about = " or ".join(filter(None, parts)) or "Every council in England"
    kinds = _either(each.replace("-", " ") for each in search.events)
    grades = _either(each.replace("-", " ") for each in search.grades)
    return "; ".join(
        filter(
            None,
            (
                about,
                kinds,
                f"newly judged {grades}" if grades else "",
                f"reported by {_either(search.outlets)}" if search.outlets else "",
                f"found by the words {search.query}" if search.query else "",
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
