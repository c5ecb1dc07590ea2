"""One event, one story: in which open stories an article belongs, and why.

Evidence from facts comes first (which council, which kind of event, which visit), the words of the text
second: consecutive letters about one council quote each other and repeat the same history, so likeness of
text alone would join what must stay apart.

How far apart reports of one event are published (measured on real stories): local press within hours, the
trade press within 7 days, committee papers within five weeks.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from newsdesk.dates import local
from newsdesk.likeness import Alike
from newsdesk.model import Article, Assessment, Event, Kind, Placement, Scope, Story, Visit
from newsdesk.spans import compatible, months
from newsdesk.stories import part
from newsdesk.text import words

PRESS = timedelta(days=10)
PAPERS = timedelta(days=42)
# Inspectors come to one council at a time, whatever the article rounds up.
DATED = frozenset(
    {
        Event.INSPECTION,
        Event.MONITORING_VISIT,
        Event.FOCUSED_VISIT,
        Event.JTAI,
        Event.SEND_INSPECTION,
        Event.SEND_MONITORING,
    }
)
# One event is reported under either name: a decision of the department, and a visit, which papers like to
# call an inspection. Inspectors do not publish two letters about one council within days.
_TOLD_APART_BADLY = (
    {Event.DIRECTION, Event.COMMISSIONER_APPOINTED, Event.IMPROVEMENT_NOTICE, Event.TRUST},
    {Event.INSPECTION, Event.MONITORING_VISIT, Event.FOCUSED_VISIT},
    {Event.SEND_INSPECTION, Event.SEND_MONITORING},
)
_A_DAY = len("2022-07-18")
# A report is published four weeks after inspectors have left, at the earliest.
_WRITTEN_UP = timedelta(days=14)
# Two reports on one council, of one kind of event, within ten days, are of one event unless their words say
# otherwise; 1 of 85 such pairs in the labelled stories is less alike than this.
_SAME_COUNCIL = 0.03
# Of two kinds of event, neither of them inspectors', the words can tell that one was misread; the likest two
# reports of different events there are .2 alike.
_SAME_WORDS = 0.3
# A national piece has no council to be known by: it must be as like the story as its reports are, nearly.
_NATIONAL_SPARE = -0.03

Likeness = Callable[[str, Story], Alike]  # how like what an article says is to a story

_NONE = "no open story has this council, kind of event and time"


@dataclass(frozen=True, slots=True)
class _New:
    """An article, or what one that is about several councils says of one of them."""

    facts: Assessment
    text: str
    when: datetime
    is_paper: bool
    is_part: bool = False


@dataclass(frozen=True, slots=True)
class _Fit:
    story: int
    strength: float
    why: str
    sure: bool = True


def place(
    article: Article, assessment: Assessment, stories: Sequence[Story], likeness: Likeness
) -> tuple[Placement, ...]:
    """The open stories this article belongs to; a placement without a story founds one of its councils.

    An article about several councils belongs to the story of each. What rounds up inspectors' visits founds
    a story for every council that has none; news of another kind founds one only when it joins none.
    """
    councils = assessment.subjects
    whole = _New(
        assessment,
        f"{article.title}\n{article.text}",
        article.published or article.fetched_at,
        article.kind is Kind.COMMITTEE,
    )
    if not councils:
        return _national_ones(whole, stories, likeness)
    if len(councils) == 1:
        return (_placed(whole, stories, likeness),)
    shared = _placed(whole, [story for story in stories if story.subjects >= councils], likeness)
    if shared.story is not None:
        return (shared,)  # one event of them all, such as their trust
    parts = (_of_one(whole, article, council) for council in sorted(councils))
    each = [_placed(part, stories, likeness) for part in parts]
    joined = tuple({one.story: one for one in each if one.story is not None}.values())
    if assessment.event in DATED:
        return joined + tuple(one for one in each if one.story is None)
    return joined or (shared,)


def _of_one(whole: _New, article: Article, council: str) -> _New:
    """With the paragraphs that name the council, so that it is not like another's story."""
    name = words(council.replace("-", " "))
    naming = [
        each for each in article.text.split("\n") if f" {' '.join(name)} " in f" {' '.join(words(each))} "
    ]
    text = "\n".join(naming) or whole.text
    return replace(whole, facts=part(whole.facts, {council}), text=text, is_part=True)


def _national_ones(new: _New, stories: Iterable[Story], likeness: Likeness) -> tuple[Placement, ...]:
    """The likest story, and others that a week in policy is as like as their own reports are."""
    fits = [fit for story in stories if (fit := _fit(story, new, likeness))]
    fits.sort(key=lambda each: (-each.strength, each.story))
    placed = [Placement(each.story, each.why) for each in fits if each is fits[0] or each.sure]
    return tuple(placed) or (Placement(None, _NONE),)


def _placed(new: _New, stories: Iterable[Story], likeness: Likeness) -> Placement:
    fits = [fit for story in stories if (fit := _fit(story, new, likeness))]
    if not fits:
        return Placement(None, _NONE, new.facts.subjects)
    best = max(fits, key=lambda each: (each.strength, -each.story))
    return Placement(best.story, best.why, new.facts.subjects)


def _fit(story: Story, new: _New, likeness: Likeness) -> _Fit | None:
    gap = _gap(story, new.when)
    shared = story.subjects & new.facts.subjects
    if gap > PAPERS:
        return None
    if story.scope is Scope.NATIONAL:
        return _national(story, new, gap, likeness)
    if not shared:
        return None
    about = f"{', '.join(sorted(shared))}, {new.facts.event}"
    if story.event in DATED and new.facts.event in DATED:
        if not new.is_part and (surely := _same_inspection(story, new, gap, about)):
            return surely
        if _another_visit(story, new):
            return None
    return _by_words(story, new, gap, likeness, about)


def _by_words(story: Story, new: _New, gap: timedelta, likeness: Likeness, about: str) -> _Fit | None:
    if gap > (PAPERS if new.is_paper else PRESS):
        return None
    kin = _kin(story.event, new)
    if not kin and {story.event, new.facts.event} & DATED:
        return None
    like = likeness(new.text, story)
    if like.score < (_SAME_COUNCIL if kin else _SAME_WORDS):
        return None
    return _Fit(story.id, like.score, f"{about}, {gap.days} days apart{_sharing(like)}")


def _national(story: Story, new: _New, gap: timedelta, likeness: Likeness) -> _Fit | None:
    """National news, or what it means for one council."""
    if gap > PRESS or new.facts.event in DATED or not _kin(story.event, new):
        return None
    like = likeness(new.text, story)
    everywhere = new.facts.scope is Scope.NATIONAL
    if like.spare < (_NATIONAL_SPARE if everywhere else 0):
        return None
    what = "national" if everywhere else f"what it means for {', '.join(sorted(new.facts.subjects))}"
    return _Fit(story.id, like.score, f"{what}, {gap.days} days apart{_sharing(like)}", like.spare >= 0)


def _kin(event: Event, new: _New) -> bool:
    """Whether the two can be one event. A round-up's kind is not that of each of its parts."""
    both = {event, new.facts.event}
    return (
        len(both) == 1
        or Event.OTHER in both
        or any(both <= group for group in _TOLD_APART_BADLY)
        or (new.is_part and both <= DATED)
    )


def _sharing(like: Alike) -> str:
    return f", sharing {', '.join(like.words)}" if like.words else ""


def _gap(story: Story, when: datetime) -> timedelta:
    if when < story.first_seen:
        return story.first_seen - when
    return max(when - story.last_seen, timedelta(0))


# ---------------------------------------------------------------- inspectors on site


def _same_inspection(story: Story, new: _New, gap: timedelta, about: str) -> _Fit | None:
    """By the days on site, whatever a paper calls the visit; by kind and time only where no days are said."""
    visit, of_kind = new.facts.visit, story.event is new.facts.event
    clash, same = _visits(story.visit, visit)
    if clash or _announced(story, new.when):
        return None
    if same and (of_kind or _same_days(story.visit, visit)):
        return _Fit(story.id, 3, f"{about}, the same visit")
    if of_kind and gap <= PRESS:
        return _Fit(story.id, 2, f"{about}, published {gap.days} days apart")
    return None


def _another_visit(story: Story, new: _New) -> bool:
    clash, _ = _visits(story.visit, new.facts.visit)
    return clash or _announced(story, new.when)


def _announced(story: Story, when: datetime) -> bool:
    """Whether the story tells that inspectors came, and a later article must be about what they found."""
    ended = story.visit.ended if story.visit else None
    if ended is None or len(ended) < _A_DAY:
        return False
    left = date.fromisoformat(ended)
    return local(story.last_seen).date() <= left and local(when).date() >= left + _WRITTEN_UP


def _same_days(one: Visit | None, other: Visit | None) -> bool:
    return bool(one and other and one.started and len(one.started) == _A_DAY and one.started == other.started)


def _visits(one: Visit | None, other: Visit | None) -> tuple[bool, bool]:
    """Whether two visits cannot be the same, and whether they are, by their number or else by their days.

    Visits of one number within six weeks are one: a paper may well give the days of the visit before.
    """
    if one is None or other is None:
        return False, False
    if one.ordinal and other.ordinal:
        return one.ordinal != other.ordinal, one.ordinal == other.ordinal
    if not (one.started and other.started):
        return False, False
    overlap = _overlap(one, other)
    years_only = min(len(one.started), len(other.started)) == len("2022")
    return not overlap, overlap and not years_only


def _overlap(one: Visit, other: Visit) -> bool:
    assert one.started
    assert other.started
    if compatible(one.started, other.started):
        return True
    if one.ended and other.ended and compatible(one.ended, other.ended):
        return True
    (a, b), (c, d) = _months(one), _months(other)
    coarse = min(len(one.started), len(other.started)) < _A_DAY
    return coarse and a <= d and c <= b


def _months(visit: Visit) -> tuple[int, int]:
    assert visit.started
    return min(months(visit.started)), max(months(visit.ended or visit.started))
