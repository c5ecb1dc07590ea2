"""python -m benchmarks.workers [--domains N] [--each N] [--workers N] [--lease SECONDS] [--engine NAME]

Three workers share a database on PostgreSQL, one is killed in the middle of its crawl; beside it, one worker
alone on a database of its own. Ends with 1 when something was lost, doubled, or asked for too soon.
"""

import argparse
import sys
from datetime import timedelta

from benchmarks.workers import town
from benchmarks.workers.run import Found, run
from tests.databases import postgresql_database, postgresql_schema

_TOLERANCE = 0.03  # seconds: a server on a busy machine sees a request a little after it was sent


def main() -> int:
    asked = argparse.ArgumentParser(prog="python -m benchmarks.workers")
    asked.add_argument("--domains", type=int, default=20)
    asked.add_argument("--each", type=int, default=3, help="sources on a domain")
    asked.add_argument("--workers", type=int, default=3)
    asked.add_argument("--mails", type=int, default=300)
    asked.add_argument("--lease", type=float, default=8.0, help="in seconds")
    asked.add_argument("--engine", default="", choices=["", "procrastinate"])
    given = asked.parse_args()
    size = {"domains": given.domains, "each": given.each, "mails": given.mails}
    with postgresql_database() as database:
        alone = run(postgresql_schema(database), workers=1, **size)
        shared = run(
            postgresql_schema(database),
            workers=given.workers,
            kill=True,
            lease=timedelta(seconds=given.lease),
            engine=given.engine,
            **size,
        )
    print(f"{given.domains * given.each} sources on {given.domains} domains, {given.mails} mails")
    tell("one worker", alone)
    tell(f"{given.workers} workers, the last one killed", shared)
    wrong = wrongs(alone, shared)
    print("\n".join(wrong) or "nothing lost, nothing doubled, nobody asked too soon")
    return bool(wrong)


def tell(name: str, found: Found) -> None:
    print(f"\n{name}: {found.seconds:.1f} s")
    print("  sources visited   ", ", ".join(f"{owner}: {n}" for owner, n in found.visits.items()))
    print("  leads             ", ", ".join(f"{n} {state}" for state, n in found.leads.items()))
    print(f"  stories            {len(found.outcome.stories)} of {len(found.outcome.articles)} articles")
    least, number = min(found.gaps.values()), len(found.gaps)
    print(f"  shortest gap       {least:.3f} s on {number} domains, {town.GAP} s allowed")
    print(f"  pages asked again  {found.refetched}")
    print("  mails              ", ", ".join(f"{n} came {times} times" for times, n in found.mails.items()))
    if found.claimed:
        print(f"  mails waiting      {found.claimed}, claimed by the killed one: due within 6 minutes")
    if found.unfinished:
        print(f"  taken over         {found.unfinished} sources, the last one after {found.taken_over:.1f} s")


def wrongs(alone: Found, shared: Found) -> list[str]:
    """What must not be."""
    found = []
    if sum(shared.leads.values()) != sum(alone.leads.values()):
        found.append(f"leads: {shared.leads} instead of {alone.leads}")
    if shared.outcome.articles != alone.outcome.articles:
        found.append(f"articles: {sorted(shared.outcome.articles.keys() ^ alone.outcome.articles.keys())}")
    if shared.outcome.stories != alone.outcome.stories:
        found.append("the stories differ")
    again = sum(shared.mails.values()) - shared.mails[1]  # the one in flight at the kill may come twice
    if sum(shared.mails.values()) + shared.claimed - again != sum(alone.mails.values()) or again > 1:
        found.append(f"mails: {dict(shared.mails)}")
    least = town.GAP - _TOLERANCE
    return found + [f"{name} was asked after {gap:.3f} s" for name, gap in shared.gaps.items() if gap < least]


if __name__ == "__main__":
    sys.exit(main())
