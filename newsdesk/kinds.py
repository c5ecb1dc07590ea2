"""The closed lists of the field: who speaks, roles, what happened, areas of judgement, grades."""

from enum import StrEnum


class Kind(StrEnum):
    """Who speaks. Official kinds are primary documents; the others report them."""

    COUNCIL = "council"
    COMMITTEE = "committee"
    INSPECTORATE = "inspectorate"
    GOVERNMENT = "government"
    TRADE = "trade"
    LOCAL = "local"
    BROADCASTER = "broadcaster"
    OTHER = "other"


OFFICIAL = frozenset({Kind.COUNCIL, Kind.COMMITTEE, Kind.INSPECTORATE, Kind.GOVERNMENT})


class Role(StrEnum):
    """What a council is doing in an article."""

    SUBJECT = "subject"
    PARTNER = "partner"
    COMMISSIONER = "commissioner"
    COMPARED = "compared"
    MENTIONED = "mentioned"


class Event(StrEnum):
    """What happened (vocabulary: Ofsted's and the Department for Education's own words)."""

    INSPECTION = "inspection"
    MONITORING_VISIT = "monitoring-visit"
    FOCUSED_VISIT = "focused-visit"
    JTAI = "jtai"
    SEND_INSPECTION = "send-inspection"
    SEND_MONITORING = "send-monitoring"
    IMPROVEMENT_NOTICE = "improvement-notice"
    DIRECTION = "direction"
    COMMISSIONER_APPOINTED = "commissioner-appointed"
    TRUST = "trust"
    INTERVENTION_ENDED = "intervention-ended"
    PARTNERSHIP = "partnership"
    LEADERSHIP = "leadership"
    SAFEGUARDING_REVIEW = "safeguarding-review"
    FUNDING = "funding"
    COURT = "court"
    STRIKE = "strike"
    POLICY = "policy"
    OTHER = "other"


class Area(StrEnum):
    """What a judgement is about, across the framework eras of 2012 to 2026."""

    OVERALL = "overall"
    LEADERS = "leaders"
    HELP_AND_PROTECTION = "help-and-protection"
    IN_CARE = "in-care"
    IN_CARE_AND_CARE_LEAVERS = "in-care-and-care-leavers"
    CARE_LEAVERS = "care-leavers"
    ADOPTION = "adoption"
    LSCB = "lscb"


class Grade(StrEnum):
    """Ofsted's four grades, and the one they used for "requires improvement" until 2013."""

    OUTSTANDING = "outstanding"
    GOOD = "good"
    REQUIRES_IMPROVEMENT = "requires-improvement"
    ADEQUATE = "adequate"
    INADEQUATE = "inadequate"


class Outcome(StrEnum):
    """What inspectors concluded where they give no grade: SEND's three outcomes, and priority action."""

    POSITIVE = "typically-positive"
    INCONSISTENT = "inconsistent"
    FAILINGS = "systemic-failings"
    PRIORITY_ACTION = "priority-action"


class Scope(StrEnum):
    """How many councils an article is about."""

    COUNCIL = "council"
    SEVERAL = "several"
    NATIONAL = "national"


class Step(StrEnum):
    """What comes next after an inspection, a visit or a decision. A report is inspectors' or a
    commissioner's."""

    ACTION_PLAN = "action-plan"
    STATEMENT_OF_ACTION = "statement-of-action"
    MONITORING_VISIT = "monitoring-visit"
    INSPECTION = "inspection"
    REPORT = "report"
    DIRECTION = "direction"
    OTHER = "other"


class Cadence(StrEnum):
    """How often a reader is told. Instant ones are alerts; the others are digests."""

    INSTANT = "instant"
    DAILY = "daily"
    WEEKDAYS = "weekdays"
    WEEKLY = "weekly"


class Rule(StrEnum):
    """What an alert is for."""

    NEW_JUDGEMENT = "new-judgement"
    GRADE_FELL = "grade-fell"
    INADEQUATE = "inadequate"
    INTERVENTION = "intervention"  # a direction, a notice, a commissioner, a trust, or the end of these
    OFFICIAL = "official-document"
    ANY = "any-news"
