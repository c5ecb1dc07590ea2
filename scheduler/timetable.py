"""The whole day on one screen: what the alarm clock rings for, and how often.

Every job is idempotent and decides from rows what is due, so a bell that rings twice, late or not at all does
no harm; this table only says how soon something is noticed.
"""

from datetime import timedelta

TIMETABLE = {
    "collect": timedelta(minutes=1),  # visit the sources whose time has come
    "alert": timedelta(minutes=1),  # tell at once what is worth it
    "digest": timedelta(minutes=1),  # draw up the digests whose local time has passed
    "send": timedelta(minutes=1),  # hand over what waits in the outbox
    "bounces": timedelta(minutes=5),  # read what came back
    "operator": timedelta(minutes=10),  # tell whoever runs this what needs a person
    "tidy": timedelta(days=1),  # let go what has had its time
}
