"""What comes next by an article's own words: a plan that is due, another visit, a report, and when.

A step is told where a sentence looks ahead and names it. Its date is as coarse as the words: "by the end of
January" is a month, "in the autumn" a year. What happens next that is none of the known steps counts only
with a date of its own. What recurs ("every three months") is a duty and no step, visits apart.
"""

import re
from collections.abc import Iterator
from datetime import date

from newsdesk import ahead
from newsdesk.dates import local
from newsdesk.kinds import Event, Step
from newsdesk.model import Article, Coming
from newsdesk.passage import Line, Passage
from newsdesk.phrases import Phrases, listed
from newsdesk.spans import Span

_DUE = (
    "due|expected|likely|planned|scheduled|set|asked|told|required|going|anticipated|pencilled in|earmarked"
    "|hoped|timetabled|awaited"
)
_TELLS = "meets?|closes?|opens?|resumes?|goes|comes|starts?|begins?|runs?|ends?|expires?|holds|hears|takes"
_FROM_DUE = "to|in|on|by|for|back|at|early|this|next|later|within|until|before|after|with|out|a"
_HANDS = "return|transfer|begin|open|start|close|merge"
_AHEAD = Phrases(
    listed(
        rf"""
        (70|seventy) working days; will(?! have (paid|been)); would; must; may (be|follow|come|take|return)
        (is|are|was|were|been) (now |also |likely )?({_DUE}) ({_FROM_DUE})
        not expected; expect(s|ed)?; (is|are) to; (is|are) (likely|expected|awaited)
        be (published|submitted|sent|agreed|held|presented|considered|confirmed|brought)
        be (reported|reviewed|asked)
        should (now )?(be|send|submit|publish|write|produce|draw|provide|come|take)
        (has|have) (now )?(until|to|(about |approximately )?\w+ (working )?(days|weeks|months))
        ({_DUE}) (in|on|by|back|next|before)
        (send|submit|provide|publish|produce|write) … by [0-9]+
        (next|another|further) … (in|on|by|before|within|after); is going to
        (been|and) (asked|told|given|instructed|ordered) (to|until|\w+ to|\w+ (weeks|months))
        agreed to (receive|consider|hold|review); needs? to; deadline; plans? to; could
        subject to; face; faces; hopes? to; before a full
        """
    )
)
# What is told in the present tense counts only with its date: "cabinet meets on 3 June".
_TELLING = re.compile(
    rf"\b(?:{_TELLS}|to (?:{_HANDS}))\b.{{0,80}}\b(?:on|in|until|to|before|from|back|at|next)\b"
    r"|\b(?:meeting|called|set|fixed)\b.{0,80}\b(?:on|for)\b"
)
_TIMES = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth"
_COMES = (
    r"(?=[^.;]{0,60}\b(?:will|would|due|planned|expected|set for|likely|is to|are to|may (?:be|follow"
    r"|come|take)|pencilled|scheduled|anticipated)\b)"
)
_SENDS = (
    "send|submit|write|produce|provide|publish|draw up|prepare|give|agree|share|revise|finalise|develop"
    "|present|complete"
)
_THEY = r"\b(?:inspectors|ofsted|hmi|the (?:watchdog|inspectorate|regulator|team|inspectors))\b"
_COMMISSIONER = r"(?:commissioner|adviser)"
_ADVISE = r"(?:reports?|advise|recommend|say|tell|decide|find out|determine|conclude|consider|set out) ?"
_FINDINGS = r"(?:report|letter|findings|recommendations|outcome|verdict|conclusions|results)"
_OUT = (
    r"(?:due|expected|awaited|be published|be made public|be released|be submitted|be sent|appear|come out"
    r"|be (?:with|on the desk of)(?: the)? (?:minister|secretary|department|government))"
)
# Each step with the words without one of which a sentence does not name it.
_STEPS: tuple[tuple[Step, list[str], re.Pattern[str]], ...] = tuple(
    (step, listed(hints), re.compile(words))
    for step, hints, words in (
        (
            Step.STATEMENT_OF_ACTION,
            "statement",
            rf"\bstatement of (?:proposed )?action\b|\b(?:{_SENDS}) (?:the|its|their|this"
            rf"|a) (?:\w+ )?statement\b",
        ),
        (
            Step.ACTION_PLAN,
            "plan",
            rf"\b(?:action|improvement|recovery) plan\b|\b(?:{_SENDS})\b[\w' ]{{0,40}}(?<!strategic) plan\b"
            r"|\bplan (?:is(?! to (?!be\b))|must|has|needs)\b|\bin its plan\b"
            r"|\bplan\b[^.;]{0,60}\b(?:to|with|before) (?:ofsted|inspectors|ministers"
            r"|the (?:department|dfe))\b",
        ),
        (
            Step.MONITORING_VISIT,
            "visit; monitor; return; back",
            r"\bback for (?:a|an|its|their) (?:\w+ )?visit\b"
            r"|\b(?:next|another|further|follow-up) (?:such )?(?:monitoring |quarterly |ofsted )?visits?\b"
            rf"|\b(?:(?:monitoring|quarterly|regular|such|more|these) (?:visits?|inspections?)"
            rf"|(?:{_TIMES}|final|last) (?:and (?:last|final) )?(?:such |monitoring )*visit){_COMES}"
            r"|\b(?:will|to|would|face|faces|expects?|four"
            r"|three) [^.;]{0,40}\bmonitoring (?:visits?|inspections?)"
            rf"|{_THEY}(?:[\w' ]{{0,12}} )?(?:will|would|plans? to|expects? to|hopes? to|(?:are"
            rf"|is) (?:{_DUE})"
            rf"(?: to)?|to)[\w, ]{{0,25}}"
            r" (?:return|come back|back|go back|visit|revisit|monitor)\b(?![^.;]{0,40}\binspect)",
        ),
        (
            Step.INSPECTION,
            "inspect",
            r"\b(?:next|full|another|re-?)[ -]?(?:full |ofsted |ilacs |area |send |local |standard |graded )*"
            r"(?:re-?)?inspection\b(?! (?:(?:which|that) )?(?:found|judged|took|ended|report))|\breinspect\w*"
            r"|\bre-inspected\b|\binspected (?:again|in full)\b|\b(?:will|would"
            r"|to) be (?:fully )?inspected\b",
        ),
        (
            Step.DIRECTION,
            "direction",
            r"\b(?:issue|issuing|impose|make|give|given|face|hand\w*|place\w* under|serve\w*)\b"
            r"[\w' ]{0,50}\bdirection\b"
            rf"|\b(?:statutory|formal|government) direction (?:is|will"
            rf"|would) (?:be )?(?:now )?(?:{_DUE}|issued"
            r"|made|follow)",
        ),
        (
            Step.REPORT,
            "report; letter; findings; recommend; outcome; verdict; conclusions; results; advise; what they"
            "; say whether; weeks to; months to",
            rf"(?<!no )(?<!not )\b{_FINDINGS}\b(?:(?! (?:say|said|that|which|call|found|note|warn|prais))"
            rf"[\w' ]){{0,60}}\b{_OUT}\b"
            r"|\breport\b(?:(?!\bsa(?:y|id)|\bcalled|\bthan\b)[^.;]){0,60}\bexpect(?!ed to be)"
            r"|\b(?:publish|release|make public)\w* (?:what they|(?:its|their|the|his|her)(?: \w+){0,2} "
            rf"{_FINDINGS})\b"
            rf"|\b{_COMMISSIONER}\b[^.;]{{0,80}}\b(?:reports?|advise|recommend\w*|say whether)\b"
            rf"|\b(?:{_COMMISSIONER}|he|she)\b[^.;]{{0,30}}\b(?:has|have|been given"
            rf"|given) \w+ (?:weeks|months)"
            rf" to {_ADVISE}"
            r"|\b(?:he|she) (?:will|is due to|must|is to|has)\b[^.;]{0,60}\b(?:report(?:ing)?"
            r"|advise|recommend\w*|say "
            r"whether)\b",
        ),
    )
)
_LOOKS_BACK = re.compile(
    r"\b(?:since|after|following|previous|last|earlier|detailed in|set out in|required(?! to)|planning"
    r"|timing of|(?<!has )(?<!have )(?<!now )until|before|when|at|no|without) "
    r"(?:(?:the|its|a|an|there|is|was|his|her|their) )*[\w' ]{0,12}$"
)
# "The last visit before a full inspection in the autumn"
_LOOKS_ON = re.compile(r"\b(?:until|before) (?:its|the|a|an|there is a) [\w' ]{0,12}$")
# What is done with a plan that there is.
_AT_WORK = re.compile(
    r"\b(?:deliver\w*|implement\w*|against|through|carr(?:y|ied|ying) out|as part of|under"
    r"|in line with|oversee\w*"
    r"|monitor\w*|progress (?:on|with|in|of)|fund\w*|pay for|by|to) (?:the|its|their|our|this"
    r"|an?) [\w' ]{0,15}$"
)
_STAYS = re.compile(r"\bremains? (?:in (?:force|place)|under)\b")
_RECURS = re.compile(
    r"\b(?:every|each) (?:\w+ )?(?:weeks?|months?|quarter|year)\b|\b(?:monthly|quarterly) report"
)
# What the government may do next counts without a date.
_INTERVENES = re.compile(
    r"\bimprovement notice (?:is|will be|could be|may be) (?:now )?(?:likely|expected|issued"
    r"|to follow|served)"
    r"|\bcommissioner (?:will|is to|is (?:expected|likely|due) to) be (?:appointed|sent|named)"
    r"|\b(?:expected|likely|due|going) to (?:issue|serve|appoint|send|name)\b[\w' ]{0,40}"
    r"\b(?:improvement notice|commissioner)\b"
)
_OF_IT = re.compile(
    r"\b(?:it|this|they)\b[^.;]{0,30}\b(?:submitted|sent|send|agreed|published|due|expected)\b"
    r"|\b(?:send|submit) (?:it|this)\b|^(?:that|this|it|one) is (?:not )?expected\b"
    r"|^its (?:letter|report) is\b"
)
# A step of no known kind: what is to be, and then its day, or the day first.
_TO_BE = re.compile(
    rf"\b(?:will|is to|are to|is going to|are going to|would|could|(?:{_DUE}) (?:to|for|by|in|on"
    rf"|at)|(?:is|are) (?:now |also )?(?:{_DUE}) "
    rf"|should (?:\w+ )?be|to be (?:held|published|agreed|presented|considered)"
    rf"|be (?:brought|presented|reported|considered|reviewed|submitted|agreed|held|put|asked)"
    rf"|(?:{_TELLS})(?: [\w'-]+){{0,6}} |meeting\b|called (?:\w+ )*for|asked for|deadline|agreed to"
    rf"|to (?:{_HANDS})(?: [\w'-]+){{0,9}} )"
)
_UNTIL = re.compile(r"\buntil $")
_RUNS = re.compile(r"\b(?:runs?|open) (?:\w+ )*$")
_HEAD = re.compile(rf"\b(?:will|is to|are to|is going to|would|(?:{_DUE}) (?:to|for|by|in|on)|{_TELLS})\b")
_STAY = r"(?:stay|remain|leave|finish|be (?:here|in|at|with us|on site))"
_ON_SITE = re.compile(
    r"\b(?:on site|with us|will stay|inspectors will be|(?:remain|stay)s? in (?:place|force))\b"
    rf"|\b(?:they|team|inspectors)\b[^.;]{{0,40}}\bwill {_STAY}\b|\bwill (?:leave|finish)\b"
)
# A person's or a partner's first day is the news itself, no step after it.
_STARTS = frozenset({Event.LEADERSHIP, Event.PARTNERSHIP})
_FIRST_DAY = re.compile(
    r"\b(?:he|she|commissioner|adviser|executive|director)\b[^.;,]{0,60} (?:start|begin|take|takes|join)s?\b"
)
_NOT_PUBLISHED = re.compile(r"\bnot (?:be |usually |normally |ever )?publish|\bno (?:letter|report)\b")
_MONTH = len("2026-03")
_FROM = 20  # characters: "From April we will …"


def read(passage: Passage, article: Article, event: Event) -> tuple[Coming, ...]:
    """Every step told, once each, in the order of the sentences.

    Without a day of publication only a year that is said dates one.
    """
    published = local(article.published).date() if article.published else None
    sure = {line.index: line for line in passage.matches(_AHEAD)}
    dated = {line.index: line for line in map(passage.line_at, ahead.places(passage.text))}
    telling = {
        index: line for index, line in dated.items() if index not in sure and _TELLING.search(line.low)
    }
    return tuple(
        _once(
            [
                step
                for index, line in sorted((sure | telling).items())
                if index
                for step in _in_line(line, passage, published, event)
                if step.due or index in sure
            ]
        )
    )


def _in_line(line: Line, passage: Passage, published: date | None, event: Event) -> Iterator[Coming]:
    """The steps of a sentence that looks ahead; "it" is the one that the sentence before named last."""
    low = line.low
    if "remain" in low and _STAYS.search(low):
        return
    spans = ahead.find(line.text, published)
    named = _named(low, spans)
    if not named and _OF_IT.search(low):
        before = passage.lines[line.index - 1].low
        named = [(step, 0) for step, _ in _named(before, (), back=True)[-1:]]
    for at, (step, start) in enumerate(named):
        until = named[at + 1][1] if at + 1 < len(named) else len(low)
        yield Coming(step, _due(spans, start, until, alone=len(named) == 1), line.text)
    if named:
        return
    others = [
        Coming(Step.OTHER, each.started, line.text)
        for each in spans
        if _is_to_come(low, each)
        and (event is not Event.FUNDING or len(each.started) > len("2026"))
        and not _is_none(line, event)
    ]
    if not others and event is not Event.DIRECTION and _INTERVENES.search(low):
        others = [Coming(Step.OTHER, None, line.text)]
    yield from others


def _is_none(line: Line, event: Event) -> bool:
    """Whether a date in a sentence is that of no step: inspectors' stay, somebody's first day, a duty, and
    what the news itself is about."""
    low = line.low
    return (
        event in _STARTS
        or (event is Event.STRIKE and line.index == 1)
        or bool(_ON_SITE.search(low) or _RECURS.search(low))
        or (event is Event.COMMISSIONER_APPOINTED and bool(_FIRST_DAY.search(low)))
    )


def _is_to_come(low: str, span: Span) -> bool:
    if "not be" in low or (
        _UNTIL.search(low, 0, span.at + len("until ")) and not _RUNS.search(low, 0, span.at)
    ):
        return False
    return bool(_TO_BE.search(low, 0, span.at) or (span.at < _FROM and _HEAD.search(low, span.end)))


def _named(low: str, spans: "list[Span] | tuple[()]", *, back: bool = False) -> list[tuple[Step, int]]:
    """The steps that a sentence names and where, each once; none that it only looks back on."""
    found: list[tuple[Step, int]] = []
    for step, hints, words in _STEPS:
        if not any(hint in low for hint in hints):
            continue
        if step is Step.REPORT and (_NOT_PUBLISHED.search(low) or _RECURS.search(low)):
            continue
        match = next(
            (each for each in words.finditer(low) if back or _is_ahead(low, step, each, spans)), None
        )
        if match and not any(abs(match.start() - start) < len(match[0]) for _, start in found):
            found.append((step, match.start()))
    return sorted(found, key=lambda each: each[1])


def _is_ahead(low: str, step: Step, match: re.Match[str], spans: "list[Span] | tuple[()]") -> bool:
    before = low[: match.start()]
    if step is Step.ACTION_PLAN and _AT_WORK.search(before):
        return False
    if not _LOOKS_BACK.search(before):
        return True
    return bool(_LOOKS_ON.search(before)) and any(0 <= each.at - match.end() < 2 for each in spans)


def _due(spans: list[Span], start: int, until: int, *, alone: bool) -> str | None:
    """The first date after a step is named and before the next one; else, if it stands alone, the
    sentence's."""
    after = [each for each in spans if start <= each.at < until]
    return next((each.started for each in (after or (spans if alone else []))), None)


def _once(found: list[Coming]) -> Iterator[Coming]:
    """Each step with each of its dates; one without is left out where the same step has one, and so is a
    month where the same step has a day of it."""
    dated = {each.step for each in found if each.due}
    days = {(each.step, (each.due or "")[:_MONTH]) for each in found if len(each.due or "") > _MONTH}
    seen: set[tuple[Step, str | None]] = set()
    for each in found:
        key = (each.step, each.due)
        if key not in seen and key not in days and (each.due or each.step not in dated):
            seen.add(key)
            yield each
