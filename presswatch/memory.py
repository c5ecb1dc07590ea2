"""How often Python looks for garbage."""

import gc

# Python's own 700 has what is loaded at the start looked through again and again, and none of it is garbage.
_LOOKED_FOR_EVERY = 50_000  # new objects


def patient() -> None:
    """Look less often. To be called first of all by a program of ours."""
    gc.set_threshold(_LOOKED_FOR_EVERY)
