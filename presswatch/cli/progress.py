"""A progress bar for a crawl, on standard error and only where a person sees it."""

from types import TracebackType

from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from newsdesk.model import Fetched, Listing
from presswatch.cli.common import error_console
from scheduler.collecting import Seen


class Progress:
    """Counts the sources that answered and the pages that were read."""

    def __init__(self, sources: int, *, shown: bool = True) -> None:
        console = error_console()
        self._bar = Bar(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=console,
            disable=not shown or not console.is_terminal,
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
        if isinstance(seen, Listing):
            self._bar.advance(self._sources)
        elif isinstance(seen, Fetched):
            self._bar.advance(self._pages)
        else:
            self._bar.advance(self._pages)
