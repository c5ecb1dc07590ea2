"""What the desk makes of an article once an operator has said whether it is news of the topic."""

from dataclasses import replace

from newsdesk.desk import Desk
from newsdesk.evidence import Evidence, ruling
from newsdesk.model import Article, Assessment, Reason
from storage import Transaction


def said_of(tx: Transaction, article: int | None) -> Evidence | None:
    """The last word on an article, or on the one that it is a copy of."""
    if article is None:
        return None
    if said := ruling(article, tx.evidence.of([article])):
        return said
    original = tx.articles.get(article).duplicate_of
    return ruling(original, tx.evidence.of([original])) if original is not None else None


def assessed(desk: Desk, article: Article, said: Evidence | None) -> Assessment:
    """What the rules make of an article. An operator's word goes before theirs on whether it is news."""
    if said is None:
        return desk.assess(article)
    assessment = desk.assess(article, ruled=said.kind == "relevant")
    reason = Reason(f"{said.by} said it is {said.kind}", 0.0, said.why)
    return replace(assessment, reasons=(reason, *assessment.reasons))
