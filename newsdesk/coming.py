"""What comes next by an article's own words: a plan that is due, another visit, a report, and when.

A step is told where a sentence looks ahead and names it. Its date is as coarse as the words: "by the end of
January" is a month, "in the autumn" a year. What happens next that is none of the known steps counts
only with
a date of its own.
"""

import re
from collections.abc import Iterator
from datetime import date

from newsdesk.dates import local
from newsdesk.kinds import Event, Step
from newsdesk.model import Article, Coming
from newsdesk.passage import Line, Passage
from newsdesk.phrases import Phrases, listed
from newsdesk.spans import Span, ahead

_DUE = "due|expected|likely|planned|scheduled|set|asked|required|going"
_AHEAD = Phrases(
    listed(
        rf"""
        (70|seventy) working days; will(?! have (paid|been)); would; must; may (be|follow|come|take|return)
        (is|are|was|were) (now )?({_DUE}) (to|in|on|by|for|back|at|early|this|next|later|within|until|before)
        not expected; expect(s|ed)?; (is|are) to
        to be (published|submitted|sent|agreed|held|presented|considered|confirmed)
        should (now )?(send|submit|publish|write|produce|draw|provide|come|take)
        (has|have) (now )?(until|to|(about |approximately )?\w+ (working )?(days|weeks|months))
        ({_DUE}) (in|on|by|back|next|before)
        (send|submit|provide|publish|produce|write) … by [0-9]+
        (next|another|further) … (in|on|by|before|within); is going to
        has been (asked|told|given) (to|until)
        """
    )
)
_TIMES = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth"
_COMES = (
    r"(?=[^.;]{0,60}\b(?:will|would|due|planned|expected|set for|likely|is to|are to|may (?:be|follow"
    r"|come|take)|pencilled)\b)"
)
_SENDS = "send|submit|write|produce|provide|publish|draw up|prepare|give|agree|share"
_STEPS: tuple[tuple[Step, re.Pattern[str]], ...] = tuple(
    (step, re.compile(words))
    for step, words in (
        (Step.STATEMENT_OF_ACTION, r"\bstatement of (?:proposed )?action\b"),
        (
            Step.ACTION_PLAN,
            rf"\b(?:action|improvement) plan\b|\b(?:{_SENDS})\b[\w' ]{{0,40}}\bplan\b|\bplan (?:is|must"
            rf"|has)\b"
            rf"|\bin its plan\b",
        ),
        (
            Step.MONITORING_VISIT,
            r"\bback for (?:a|an|its|their) (?:\w+ )?visit\b|\b(?:next|another|further) (?:such "
            r")?(?:monitoring |quarterly )?visit\b"
            rf"|\b(?:monitoring (?:visits?|inspections?)|(?:{_TIMES}) (?:such |monitoring )*visit){_COMES}"
            r"|\b(?:will|to|would)\b[^.;]{0,40}\bmonitoring (?:visits?|inspections?)"
            rf"|\binspectors (?:will|are (?:{_DUE})(?: to)?|would) (?:be )?(?:to )?"
            rf"(?:return|come back|back|go "
            rf""
            rf""
            rf"back|visit)\b",
        ),
        (
            Step.INSPECTION,
            r"\b(?:next (?:full )?|full |re-?)[ -]?(?:ofsted |area |send |local )*(?:re-?)?inspection\b(?! "
            r"(?:which|that|found|judged))|\breinspect\w*",
        ),
        (
            Step.DIRECTION,
            r"\b(?:issue|issuing|impose|make|give|given|face|hand\w*)\b[\w' ]{0,50}\bdirection\b",
        ),
        (
            Step.REPORT,
            r"(?<!no )(?<!not )\b(?:report|letter|findings)\b[\w' ]{0,60}\b(?:due|expected|be published|be "
            r"with (?:the )?minister\w*|appear)\b"
            r"|\breport\b[^.;]{0,60}\bexpect"
            r"|\bpublish (?:what they|its|their|the) (?:report|findings|letter|find)\b"
            r"|\b(?:commissioner|adviser)\b[^.;]{0,80}\b(?:reports?|advise|recommend|say whether)\b"
            r"|\b(?:he|she) (?:will|is due to|must|is to|has)\b[^.;]{0,40}\b(?:report|advise|recommend|say "
            r"whether)\b",
        ),
    )
)
_LOOKS_BACK = re.compile(
    r"\b(?:since|after|following|previous|last|earlier|detailed in|set out in|required|planning"
    r"|timing of|until|before|when|at) "
    r"(?:(?:the|its|a|an|there|is|was|his|her|their) )*[\w' ]{0,12}$"
)
_STAYS = re.compile(r"\bremains? (?:in (?:force|place)|under)\b")
_OF_IT = re.compile(
    r"\b(?:it|this|they)\b[^.;]{0,30}\b(?:submitted|sent|send|agreed|published|due|expected)\b"
    r"|\b(?:send|submit) (?:it|this)\b|^that is (?:not )?expected"
)
# A step of no known kind: what is to be, and then its day, or the day first.
_TO_BE = re.compile(
    rf"\b(?:will|is to|are to|is going to|would|(?:{_DUE}) (?:to|for|by|in|on)|to be (?:held|published"
    rf"|agreed|presented|considered))\b"
)
_ON_SITE = re.compile(r"\b(?:on site|with us|will stay|inspectors will be|in place|in force)\b")
# A person's or a partner's first day is the news itself, no step after it.
_STARTS = frozenset({Event.LEADERSHIP, Event.PARTNERSHIP})
_NOT_PUBLISHED = re.compile(r"\bnot (?:be |usually |normally |ever )?publish|\bno (?:letter|report)\b")
_FROM = 20  # characters: "From April we will …"


def read(passage: Passage, article: Article, event: Event) -> tuple[Coming, ...]:
    """Every step told, once each, in the order of the sentences.

    Without a day of publication only a year that is said dates one.
    """
    published = local(article.published).date() if article.published else None
    looking = [line for line in passage.matches(_AHEAD) if line.index]
    return tuple(_once([step for line in looking for step in _in_line(line, passage, published, event)]))


def _in_line(line: Line, passage: Passage, published: date | None, event: Event) -> Iterator[Coming]:
    """The steps of a sentence that looks ahead; "it" is the one that the sentence before named last."""
    low = line.low
    if _STAYS.search(low):
        return
    spans = ahead(line.text, published)
    named = _named(low)
    if not named and _OF_IT.search(low):
        named = [(step, 0) for step, _ in _named(passage.lines[line.index - 1].low)[-1:]]
    for at, (step, start) in enumerate(named):
        until = named[at + 1][1] if at + 1 < len(named) else len(low)
        yield Coming(step, _due(spans, start, until, alone=len(named) == 1), line.text)
    if not named and event not in _STARTS and not _ON_SITE.search(low):
        yield from (
            Coming(Step.OTHER, each.started, line.text)
            for each in spans
            if _is_to_come(low, each) and (event is not Event.FUNDING or len(each.started) > len("2026"))
        )


def _is_to_come(low: str, span: Span) -> bool:
    if "not be" in low or low.startswith("until ", span.at) or low.endswith("until ", 0, span.at):
        return False
    return bool(_TO_BE.search(low, 0, span.at) or (span.at < _FROM and _TO_BE.search(low, span.end)))


def _named(low: str) -> list[tuple[Step, int]]:
    """The steps that a sentence names and where, each once; none that it only looks back on."""
    found: list[tuple[Step, int]] = []
    for step, words in _STEPS:
        if step is Step.REPORT and _NOT_PUBLISHED.search(low):
            continue
        match = next(
            (each for each in words.finditer(low) if not _LOOKS_BACK.search(low[: each.start()])), None
        )
        if match and not any(abs(match.start() - start) < len(match[0]) for _, start in found):
            found.append((step, match.start()))
    return sorted(found, key=lambda each: each[1])


def _due(spans: list[Span], start: int, until: int, *, alone: bool) -> str | None:
    """The first date after a step is named and before the next one; else, if it stands alone, the
    sentence's."""
    after = [each for each in spans if start <= each.at < until]
    return next((each.started for each in (after or (spans if alone else []))), None)


def _once(found: list[Coming]) -> Iterator[Coming]:
    """Each step with each of its dates; one without is left out where the same step has one."""
    dated = {each.step for each in found if each.due}
    seen: set[tuple[Step, str | None]] = set()
    for each in found:
        key = (each.step, each.due)
        if key not in seen and (each.due or each.step not in dated):
            seen.add(key)
            yield each
