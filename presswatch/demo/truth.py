"""What a good reader of the invented week should find: the stories, what to leave out, and what went wrong.

Every trap of the week is written down here as a fact about the result, so that the result can be judged.
"""

from dataclasses import dataclass

from newsdesk.model import Area, Event, Grade, IsoDay, Role, Scope

NORTHMARCH = "http://www.northmarch.example/news/article"
COMMITTEES = "http://democracy.northmarch.example/ieListDocuments.aspx"
ALDERSHIRE = "http://newsroom.aldershire.example/news"
DOCUMENTS = "http://files.inspectorate.example/v1/file"
GOVERNMENT = "http://www.government.example/government"
TRADE = "http://www.familyservicesweek.example/news/article"
CHRONICLE = "http://www.northmarchchronicle.example/news"
GAZETTE = "http://www.valegazette.example/news"
COAST = "http://www.coastandfenlive.example/news"


@dataclass(frozen=True, slots=True)
class Expected:
    """One story as it should stand.

    `reports` are its addresses after the first round, `later` those that the second round adds. `current` are
    the grades it announces (area, grade), all of its one subject; `historic` are old grades that some report
    mentions (council, grade, and when as the reports say it). `others` are councils that are not its subject.
    """

    name: str
    event: Event
    subjects: frozenset[str]
    reports: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    scope: Scope = Scope.COUNCIL
    current: frozenset[tuple[Area, Grade]] = frozenset()
    historic: frozenset[tuple[str, Grade, IsoDay]] = frozenset()
    others: frozenset[tuple[str, Role]] = frozenset()
    started: IsoDay | None = None
    ordinal: int | None = None


@dataclass(frozen=True, slots=True)
class ExpectedProblem:
    """A visit that should fail: the address, and which of the codes in newsdesk.errors says why."""

    url: str
    code: str


@dataclass(frozen=True, slots=True)
class Correction:
    """An article that is edited between the rounds: words that go, and words that come."""

    url: str
    before: str
    after: str


# It belongs to the story of each of its three councils, and two have no other report.
_ROUND_UP = f"{TRADE}/focused-visits-round-up-what-inspectors-told-three-councils"

SECOND_VISIT = Expected(
    name="second monitoring visit to Northmarch",
    event=Event.MONITORING_VISIT,
    subjects=frozenset({"northmarch"}),
    reports=(
        f"{DOCUMENTS}/50990014",
        f"{CHRONICLE}/26011204.inspectors-return-northmarch-childrens-services/",
        f"{COMMITTEES}?CId=204&MId=3117",
        f"{TRADE}/pace-of-change-too-slow-for-children-in-northmarch-inspectors-say",
    ),
    historic=frozenset(
        {("northmarch", Grade.INADEQUATE, "2025-06"), ("eastholme", Grade.OUTSTANDING, "2023")}
    ),
    others=frozenset({("eastholme", Role.PARTNER)}),
    started="2026-01-27",
    ordinal=2,
)

# the same council, the same kind of visit, published in the same week: and another story
FIRST_VISIT = Expected(
    name="first monitoring visit to Northmarch, released late by the council",
    event=Event.MONITORING_VISIT,
    subjects=frozenset({"northmarch"}),
    reports=(f"{NORTHMARCH}/412/first-monitoring-letter-published-ahead-of-scrutiny-meeting",),
    historic=frozenset({("northmarch", Grade.INADEQUATE, "2025-06")}),
    started="2025-10-21",
    ordinal=1,
)

SEND = Expected(
    name="area SEND inspection of Northmarch",
    event=Event.SEND_INSPECTION,
    subjects=frozenset({"northmarch"}),
    later=(
        f"{DOCUMENTS}/50990027",
        f"{NORTHMARCH}/414/inspectors-publish-findings-on-send-services-in-northmarch",
    ),
    started="2025-12-01",
)

INSPECTION = Expected(
    name="full inspection of Aldershire",
    event=Event.INSPECTION,
    subjects=frozenset({"aldershire"}),
    reports=(
        f"{DOCUMENTS}/50990021",
        f"{ALDERSHIRE}/children-s-services-in-aldershire-rated-good",
        f"{GAZETTE}/26019920.aldershire-childrens-services-good-ofsted-report/",
    ),
    later=(f"{TRADE}/aldershire-children-s-services-rated-good-as-ofsted-calls-leaders-outstanding",),
    current=frozenset(
        {
            (Area.LEADERS, Grade.OUTSTANDING),
            (Area.HELP_AND_PROTECTION, Grade.GOOD),
            (Area.IN_CARE, Grade.GOOD),
            (Area.CARE_LEAVERS, Grade.REQUIRES_IMPROVEMENT),
            (Area.OVERALL, Grade.GOOD),
        }
    ),
    historic=frozenset({("aldershire", Grade.REQUIRES_IMPROVEMENT, "2022")}),
    started="2026-01-12",
)

DIRECTION = Expected(
    name="statutory direction to Fernborough",
    event=Event.DIRECTION,
    subjects=frozenset({"fernborough"}),
    reports=(
        f"{GOVERNMENT}/publications/direction-issued-to-fernborough-borough-council-march-2026",
        f"{TRADE}/minister-issues-direction-to-fernborough-over-children-s-services",
    ),
    later=(f"{GAZETTE}/26019977.fernborough-leader-promises-to-work-with-commissioner/",),
    historic=frozenset({("fernborough", Grade.INADEQUATE, "2025-11")}),
    others=frozenset({("brackenshire", Role.COMMISSIONER)}),
)

# the partner of one story is the subject of another; both papers printed one agency text
FOCUSED_VISIT = Expected(
    name="focused visit to Eastholme",
    event=Event.FOCUSED_VISIT,
    subjects=frozenset({"eastholme"}),
    reports=(
        f"{DOCUMENTS}/50990011",
        f"{CHRONICLE}/26011377.eastholme-care-leavers-feel-known-inspectors/",
        f"{GAZETTE}/26019881.drop-in-centre-praised-care-leavers-eastholme/",
        _ROUND_UP,
    ),
    historic=frozenset({("eastholme", Grade.OUTSTANDING, "2023")}),
    started="2026-02-03",
)

IN_A_ROUND_UP = tuple(
    Expected(
        name=f"focused visit to {council}",
        event=Event.FOCUSED_VISIT,
        subjects=frozenset({council}),
        reports=(_ROUND_UP,),
    )
    for council in ("brackenshire", "wychmere")
)

STATISTICS = Expected(
    name="national workforce statistics",
    event=Event.POLICY,
    scope=Scope.NATIONAL,
    subjects=frozenset(),
    reports=(f"{GOVERNMENT}/statistics/childrens-social-work-workforce-2025",),
)

EXPECTED = (
    SECOND_VISIT,
    FIRST_VISIT,
    SEND,
    INSPECTION,
    DIRECTION,
    FOCUSED_VISIT,
    *IN_A_ROUND_UP,
    STATISTICS,
)

# read, judged, and left out of every digest
NEAR_MISSES = (
    f"{TRADE}/adult-social-care-in-wychmere-requires-improvement-regulator-says",
    f"{GAZETTE}/26019862.wychmere-adult-care-told-to-cut-waits/",
    f"{CHRONICLE}/26011119.village-nursery-celebrates-ofsted-report/",
    f"{CHRONICLE}/26011058.tollbeck-primary-keeps-its-good-name/",
    f"{GAZETTE}/26019850.neighbours-object-childrens-home-plan-fernborough/",
    f"{COMMITTEES}?CId=117&MId=3120",
    f"{COMMITTEES}?CId=131&MId=3126",
    f"{NORTHMARCH}/411/two-hundred-runners-sign-up-for-riverside-fun-run",
    f"{NORTHMARCH}/413/tollbeck-road-to-close-for-resurfacing",
    f"{ALDERSHIRE}/overnight-closures-on-tarn-bridge",
    f"{ALDERSHIRE}/have-your-say-on-library-opening-hours",
    f"{GOVERNMENT}/publications/adult-social-care-setting-fees-2026-to-2027",
    f"{GOVERNMENT}/publications/school-attendance-model-letters",
    f"{COAST}/summer-ferry-timetable-begins-early",
)

# one text under two titles
COPIES = (FOCUSED_VISIT.reports[1:3],)

PROBLEMS = (
    ExpectedProblem("http://feeds.marchradio.example/news/rss.xml", "drifted"),
    ExpectedProblem(f"{COAST}/wychmere-social-workers-to-vote-on-strike", "blocked"),
    ExpectedProblem(f"{ALDERSHIRE}/embargoed/budget-briefing-for-journalists", "robots-denied"),
)

CORRECTIONS = (
    Correction(
        f"{CHRONICLE}/26011204.inspectors-return-northmarch-childrens-services/",
        before="24 children on average, down from 29",
        after="18 children on average, down from 23",
    ),
)

WINDOWS_1252 = f"{GAZETTE}/26019920.aldershire-childrens-services-good-ofsted-report/"
