"""Is an article about children's social care services? A sum of signals, each with the line it fired on."""

from newsdesk.model import CouncilRole, Reason, Role
from newsdesk.passage import WEIGHT, Line, Passage
from newsdesk.topic import Signal, Topic

_OF_A_COUNCIL = 1.0  # a named council makes a borderline article news of a service, not a general piece
_REACH = {"title": ("title",), "top": ("title", "lead"), "anywhere": ("title", "lead", "body")}


def weigh(
    passage: Passage, topic: Topic, councils: tuple[CouncilRole, ...]
) -> tuple[bool, float, tuple[Reason, ...]]:
    """Whether it is relevant, its score and every reason, strongest first.

    The score is in the topic's own points; relevant means that it reaches the topic's threshold and that one
    of the topic's core signals is there.
    """
    fired = [(signal, line) for signal in topic.signals if (line := _line(passage, signal))]
    at_the_top = {signal.rule for signal, line in fired if line.place != "body"}
    counted = [(signal, line) for signal, line in fired if not at_the_top.intersection(signal.unless)]
    core = any(signal.core for signal, _ in counted)
    reasons = [Reason(signal.rule, signal.weight * WEIGHT[line.place], line.text) for signal, line in counted]
    subject = next((each for each in councils if each.role is Role.SUBJECT), None)
    if subject and core:
        reasons.append(Reason("is about a council in England", _OF_A_COUNCIL, subject.sentence))
    score = round(sum(each.weight for each in reasons), 2)
    reasons.sort(key=lambda each: -abs(each.weight))
    return core and score >= topic.threshold, score, tuple(reasons)


def _line(passage: Passage, signal: Signal) -> Line | None:
    line = passage.search(signal.words)
    return line if line and line.place in _REACH[signal.where] else None
