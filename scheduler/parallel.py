"""Several works at once, in threads that cannot hold up the end of the process."""

import threading
from collections.abc import Callable, Sequence


def in_parallel(works: Sequence[Callable[[], None]]) -> None:
    """Ends when all have ended; raises what the first of them raised."""
    raised: list[BaseException] = []

    def kept(work: Callable[[], None]) -> None:
        try:
            work()
        except BaseException as error:  # noqa: BLE001  raised again in the thread that waits
            raised.append(error)

    threads = [threading.Thread(target=kept, args=(each,), daemon=True) for each in works[1:]]
    for each in threads:
        each.start()
    if works:
        kept(works[0])
    for each in threads:
        each.join()
    if raised:
        raise raised[0]
