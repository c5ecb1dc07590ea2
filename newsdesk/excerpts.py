"""The few words of a text that may be quoted under its licence."""

from newsdesk.text import sentences


def excerpt(text: str, limit: int) -> str:
    """The opening sentences that fit into `limit` characters; if not even one does, its beginning and "…".

    Where the licence allows none (`limit` 0), nothing.
    """
    taken = ""
    for sentence in sentences(text):
        longer = f"{taken} {sentence}".strip()
        if len(longer) > limit:
            break
        taken = longer
    if taken or limit < 2 or not text.strip():
        return taken
    return f"{' '.join(text.split())[: limit - 1].rsplit(' ', 1)[0]}…"
