"""What Ofsted had already decided: the full inspections of the past, council by council.

With it, a grade in an article can be told from a new one: in the years it covers, a council without a report
published around the article's own date was not judged then, whatever the words say.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from newsdesk.model import Area, Grade, IsoDay

# Press reports follow a report's publication by hours to weeks; committee papers by up to two months.
_BEFORE, _AFTER = timedelta(days=3), timedelta(days=60)
# The record is complete from the start of the ILACS framework; older rows lack most grades.
_COMPLETE_FROM = date(2018, 6, 1)


@dataclass(frozen=True, slots=True)
class Inspection:
    """One published full inspection. Dates are days; an older report may lack the days on site."""

    council: str
    published: date
    started: IsoDay | None
    ended: IsoDay | None
    grades: Mapping[Area, Grade]

    @classmethod
    def of(cls, row: Mapping[str, str]) -> "Inspection":
        """From a row of inspections.csv."""
        columns = {
            Area.OVERALL: "overall",
            Area.LEADERS: "leaders",
            Area.HELP_AND_PROTECTION: "help_and_protection",
            Area.IN_CARE: "in_care",
            Area.CARE_LEAVERS: "care_leavers",
        }
        return cls(
            council=row["council"],
            published=date.fromisoformat(row["published"]),
            started=row["started"] or None,
            ended=row["ended"] or None,
            grades={area: Grade(row[column]) for area, column in columns.items() if row[column]},
        )


class History:
    """All known inspections, newest first per council."""

    def __init__(self, inspections: Iterable[Inspection]) -> None:
        self._by_council: dict[str, list[Inspection]] = {}
        for each in inspections:
            self._by_council.setdefault(each.council, []).append(each)
        for group in self._by_council.values():
            group.sort(key=lambda each: each.published, reverse=True)
        self._until = max((group[0].published for group in self._by_council.values()), default=_COMPLETE_FROM)

    def new_at(self, council: str, day: date) -> Inspection | None:
        """The inspection that was news on this day: published up to 60 days before, or 3 after."""
        return next(
            (
                each
                for each in self._by_council.get(council, ())
                if each.published - _BEFORE <= day <= each.published + _AFTER
            ),
            None,
        )

    def knows(self, council: str, day: date) -> bool:
        """Whether the council's record is complete around this day, so that what it lacks did not happen."""
        return council in self._by_council and _COMPLETE_FROM <= day <= self._until

    def before(self, council: str, day: date) -> Iterator[Inspection]:
        """The inspections published before this day, the latest first."""
        return (each for each in self._by_council.get(council, ()) if each.published < day)
