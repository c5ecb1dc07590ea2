"""Is an article about children's social care services? A sum of signals, each with the line it fired on."""

from newsdesk.model import CouncilRole, Reason, Role
from newsdesk.passage import Line, Passage, Place
from newsdesk.topic import Signal, Topic, Where

_OF_A_COUNCIL = 1.0  # a named council makes a borderline article news of a service, not a general piece
_WEIGHT: dict[Place, float] = {"title": 2.0, "lead": 1.5, "body": 0.5}  # further down is in passing
_AGAINST = 1.0  # but what speaks against it is told anywhere
_WITHIN: dict[Where, Place] = {"title": "title", "top": "lead", "anywhere": "body"}


def weigh(
    passage: Passage, topic: Topic, councils: tuple[CouncilRole, ...]
) -> tuple[bool, float, tuple[Reason, ...]]:
    """Whether it is relevant, its score and every reason, strongest first.

    The score is in the topic's own points; relevant means that it reaches the topic's threshold and that one
    of the topic's core signals is there.
    """
    fired = [(signal, line) for signal in topic.signals if (line := _line(passage, signal))]
    at_the_top = {signal.rule for signal, line in fired if line.place != "body"}
    counted = [
        (signal, line)
        for signal, line in fired
        if not at_the_top.intersection(signal.unless) and at_the_top.issuperset(signal.needs)
    ]
    core = any(signal.core for signal, _ in counted)
    reasons = [
        Reason(signal.rule, signal.weight * _place(signal, line), line.text) for signal, line in counted
    ]
    reasons = [each for each in reasons if each.weight]
    subject = next((each for each in councils if each.role is Role.SUBJECT), None)
    if subject and core:
        reasons.append(Reason("is about a council in England", _OF_A_COUNCIL, subject.sentence))
    score = round(sum(each.weight for each in reasons), 2)
    reasons.sort(key=lambda each: -abs(each.weight))
    return core and score >= topic.threshold, score, tuple(reasons)


def _line(passage: Passage, signal: Signal) -> Line | None:
    line = passage.search(signal.words, within=_WITHIN[signal.where])
    often = line is None or signal.times == 1 or len(passage.matches(signal.words)) >= signal.times
    return line if often else None


def _place(signal: Signal, line: Line) -> float:
    return _AGAINST if signal.weight < 0 and line.place == "body" else _WEIGHT[line.place]
