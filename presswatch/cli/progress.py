"""A progress bar for a crawl, on standard error and only where a person sees it."""

import sys
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress as Bar, TextColumn, TimeElapsedColumn

from newsdesk.model import Listing
from scheduler.collecting import Seen


class Progress:
    """Counts the sources that answered and the pages that came."""

    def __init__(self, sources: int, *, shown: bool = True) -> None:
        console = Console(stderr=True)
        self._bar = Bar(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=console,
            disable=not shown or not console.is_terminal,
            redirect_stdout=sys.stdout.isatty(),  # what is said into a file must not go where the bar is
        )
        self._sources = self._bar.add_task("sources", total=sources)
        self._pages = self._bar.add_task("pages", total=None)

    def __enter__(self) -> "Progress":
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def watch(self, seen: Seen) -> None:
        """One more thing came."""
        self._bar.advance(self._sources if isinstance(seen, Listing) else self._pages)
