"""Invented reports about real councils, as lines for `presswatch add --jsonl`."""

import json
from typing import Any

from tests.presswatch.shell import Shell

KENT = {
    "url": "https://www.kentonline.co.uk/1",
    "outlet": "Kent Online",
    "published": "2026-03-03",
    "title": "Ofsted inspectors praise children's services in Kent",
    "text": "Ofsted has judged children's services at Kent County Council to be outstanding overall.\n\n"
    "Inspectors who came in January say that social workers know their children well. Their report of the "
    "inspection of local authority children's services was published on Tuesday.",
}
LEEDS = {
    "url": "https://www.yorkshirepost.co.uk/2",
    "outlet": "Yorkshire Post",
    "published": "2026-03-10",
    "title": "Leeds City Council's children's services to have a new director",
    "text": "Leeds City Council has appointed a new director of children's services.\n\n"
    "The council's social workers were told on Monday. The present director leaves in the summer.",
}
FETE = {
    "url": "https://www.example.com/fete",
    "outlet": "Village News",
    "published": "2026-03-11",
    "title": "Summer fete moves to the park",
    "text": "The fete will be held on the first Saturday in June.",
}


def add(shell: Shell, *cuttings: dict[str, str], **changed: Any) -> None:
    lines = "\n".join(json.dumps(each | changed) for each in cuttings)
    shell.run("add", "--jsonl", "-", stdin=lines.encode())
