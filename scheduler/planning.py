"""Which slots should exist by now: the alarm clock's one question, asked of the rows at every tick."""

from datetime import timedelta

from newsdesk.slots import LATEST, missing
from scheduler.house import House


def plan(house: House) -> int:
    """Adds the slots that are due and not there yet, at most a week back; says how many. Idempotent.

    What was missed is merged into the latest slot. So is one that was left half done and has been overtaken:
    whoever had not been told by then is told by the later one.
    """
    now = house.clock()
    with house.store.begin(turn="plan") as tx:
        planned = 0
        for bell, since in tx.subscriptions.bells().items():
            known = tx.slots.dates(bell, since=(now - timedelta(days=LATEST + 2)).date())
            found = missing(bell, known, since=since, now=now)
            tx.slots.plan(found)
            planned += len(found)
        newest: set[object] = set()
        for each in reversed([one for one in tx.slots.open() if one.slot.due_at <= now]):
            bell = each.slot.bell
            named = (bell.cadence, bell.zone, bell.at)
            if named in newest:
                tx.slots.close(each.id, state="merged", now=now)
            newest.add(named)
    return planned
