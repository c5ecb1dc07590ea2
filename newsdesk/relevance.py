"""Is an article about children's social care services? A sum of signals, each with the line it fired on."""

from newsdesk.model import CouncilRole, Reason, Role
from newsdesk.passage import WEIGHT, Passage
from newsdesk.topic import Topic

_OF_A_COUNCIL = 1.0  # a named council makes a borderline article news of a service, not a general piece


def weigh(
    passage: Passage, topic: Topic, councils: tuple[CouncilRole, ...]
) -> tuple[bool, float, tuple[Reason, ...]]:
    """Whether it is relevant, its score and every reason, strongest first.

    The score is in the topic's own points; relevant means that it reaches the topic's threshold and that one
    of the topic's core signals is there.
    """
    reasons: list[Reason] = []
    core = False
    for signal in topic.signals:
        line = passage.search(signal.pattern, title_only=signal.where == "title")
        if line is None or (signal.unless and signal.unless.search(passage.top)):
            continue
        core = core or signal.core
        reasons.append(Reason(signal.rule, signal.weight * WEIGHT[line.place], line.text))
    subject = next((each for each in councils if each.role is Role.SUBJECT), None)
    if subject and core:
        reasons.append(Reason("is about a council in England", _OF_A_COUNCIL, subject.sentence))
    score = round(sum(each.weight for each in reasons), 2)
    reasons.sort(key=lambda each: -abs(each.weight))
    return core and score >= topic.threshold, score, tuple(reasons)
