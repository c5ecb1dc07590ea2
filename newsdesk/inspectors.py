"""Who led an inspection or a visit."""

import re

from newsdesk.model import Article, Inspector
from newsdesk.passage import Passage
from newsdesk.phrases import Phrases, listed

_NAME = r"(?P<name>(?:Dr |Mrs? |Ms )?[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){1,3})"
_HINTS = Phrases(
    listed(
        "lead inspector; (led|headed) by; led the … (inspection|visit|team); (majesty's inspector|hmi) … "
        "(lead|led); on site … direction"
    )
)
_NOT_A_NAME = re.compile(r"\b(?:Ofsted|His|Her|Majesty|Inspector|The|County|Council|City|Borough|Service)\b")
_LED = tuple(
    re.compile(words)
    for words in (
        rf"[Ll]ead inspector(?: was|,|:| is| for the (?:inspection|visit) was)? ?{_NAME}",
        rf"\b(?:led|headed) by (?:the )?(?:lead inspector,? |inspector |HMI |His Majesty['’]s Inspector,? "
        rf")?{_NAME}",
        rf"{_NAME},? (?:who led|led) the (?:\w+ )?(?:inspection|visit|team)",
        rf"{_NAME}, (?:(?:His|Her) Majesty['’]s Inspector|HMI),? (?:who )?led\b",
        rf"{_NAME},? (?:the |its |Ofsted['’]s |was )(?:the )?lead inspector\b",
        rf"{_NAME} \(lead\b",
        rf"on site\b.{{0,60}} under the direction of {_NAME}",
        rf"inspectors were {_NAME}, (?:His|Her) Majesty['’]s Inspector, who led",
    )
)


def read(passage: Passage, article: Article) -> Inspector | None:
    """The lead inspector, from the document's own place for the name, else from the sentence that says it."""
    document = article.document
    if document is not None and document.lead_inspector:
        return Inspector(document.lead_inspector, article.title)
    for line in passage.matches(_HINTS):
        for words in _LED:
            if (found := words.search(line.text)) and not _NOT_A_NAME.search(found["name"]):
                return Inspector(found["name"].removesuffix(" HMI"), line.text)
    return None
