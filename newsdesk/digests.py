"""What one subscriber is told: everything that matched and was not yet delivered, the weightiest first."""

from collections.abc import Sequence
from datetime import date

from newsdesk.model import Digest, DigestItem, Event, Grade, Role, Scope, Story, Subscription, Unseen

# A council is somebody's news when it is judged, when it helps and when its people are sent to help.
_TELLING = frozenset({Role.SUBJECT, Role.PARTNER, Role.COMMISSIONER})
_WEIGHTS = {
    Event.INSPECTION: 60,
    Event.DIRECTION: 55,
    Event.COMMISSIONER_APPOINTED: 55,
    Event.TRUST: 50,
    Event.INTERVENTION_ENDED: 50,
    Event.IMPROVEMENT_NOTICE: 50,
    Event.JTAI: 45,
    Event.MONITORING_VISIT: 40,
    Event.FOCUSED_VISIT: 40,
    Event.SEND_INSPECTION: 35,
    Event.SEND_MONITORING: 35,
    Event.SAFEGUARDING_REVIEW: 35,
    Event.LEADERSHIP: 25,
    Event.PARTNERSHIP: 25,
    Event.STRIKE: 20,
    Event.COURT: 20,
    Event.FUNDING: 15,
    Event.POLICY: 10,
    Event.OTHER: 5,
}


def wanted(subscription: Subscription, story: Story) -> bool:
    """Whether a story is for this subscriber. National stories are for everyone who did not choose events."""
    if subscription.events and story.event not in subscription.events:
        return False
    if not subscription.councils or story.scope is Scope.NATIONAL:
        return True
    return any(each.council in subscription.councils and each.role in _TELLING for each in story.councils)


def weight(story: Story) -> int:
    """How much a story matters, for the order of a digest: new grades first, the lowest foremost."""
    current = [each for each in story.judgements if each.current]
    lowest = any(each.grade is Grade.INADEQUATE for each in current)
    return _WEIGHTS[story.event] + 40 * bool(current) + 20 * lowest


def compose(
    subscription: Subscription,
    stories: Sequence[tuple[Story, int | None]],
    *,
    local_date: date,
    unseen: Sequence[Unseen] = (),
) -> Digest | None:
    """The digest of a local date from stories not yet told (with the version last told, if any).

    None where there is nothing to say and the subscriber did not ask for empty digests.
    """
    items = [
        DigestItem(story, updated=told is not None) for story, told in stories if wanted(subscription, story)
    ]
    if not items and not subscription.send_empty:
        return None
    items.sort(key=lambda each: (-weight(each.story), each.story.headline))
    return Digest(subscription.name, local_date, tuple(items), tuple(unseen))
