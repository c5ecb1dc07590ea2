"""Reads an HTML part as a person who listens to it does: what is said, which headings, where links lead."""

from html.parser import HTMLParser

_BLOCKS = frozenset({"p", "div", "li", "ul", "h1", "h2", "h3", "br", "td", "th", "caption"})
_VOID = frozenset({"meta", "br", "img", "link", "hr", "input"})


class Read(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.links: list[tuple[str, str]] = []
        self.headings: list[tuple[str, str]] = []
        self._open: list[str] = []
        self._seen: list[str] = []
        self.preview = ""
        self.title = ""
        self._in_preview = self._unheard = False
        self.feed(html)
        self.close()

    @property
    def text(self) -> str:
        return " ".join("".join(self._seen).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        hidden = any(name == "style" and "display:none" in (value or "") for name, value in attrs)
        self._in_preview = hidden and ("aria-hidden", "true") not in attrs
        self._unheard = ("aria-hidden", "true") in attrs
        if tag == "a":
            self.links.append(("", dict(attrs).get("href") or ""))
        if tag in {"h1", "h2", "h3"}:
            self.headings.append((tag, ""))
        if tag in _BLOCKS:
            self._seen.append(" ")
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self._in_preview = self._unheard = False
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        data = data.replace("\N{NO-BREAK SPACE}", " ")
        if "style" in self._open or self._unheard:
            return
        if "title" in self._open:
            self.title += data
            return
        if self._in_preview:
            self.preview += data
            return
        self._seen.append(data)
        if "a" in self._open:
            self.links[-1] = (self.links[-1][0] + data, self.links[-1][1])
        for heading in ("h1", "h2", "h3"):
            if heading in self._open:
                self.headings[-1] = (heading, self.headings[-1][1] + data)
