"""Many short patterns as one, so that a list of phrases can be read as a list."""

import re


def any_of(*patterns: str) -> re.Pattern[str]:
    """A pattern that matches what any of these matches, whatever the case of its letters."""
    return re.compile("|".join(patterns), re.IGNORECASE)
