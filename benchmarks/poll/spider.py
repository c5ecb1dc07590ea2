"""Scrapy with feedparser as everyone writes it: `scrapy runspider` this, with `-a urls=FILE -a kept=FILE`.

What was read goes to Scrapy's own feed export; the validators are kept in a file beside it.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import feedparser
from scrapy import Request, Spider
from scrapy.http import Response


class FeedSpider(Spider):
    """Asks for every feed, with the validators of last time, and yields its items."""

    name = "feeds"
    custom_settings = {"CONCURRENT_REQUESTS": 32, "LOG_LEVEL": "ERROR", "ROBOTSTXT_OBEY": False}  # noqa: RUF012

    def __init__(self, urls: str, kept: str, **more: Any) -> None:
        super().__init__(**more)
        self._file = Path(kept)
        self._kept = json.loads(self._file.read_text()) if self._file.exists() else {}
        self.start_urls = Path(urls).read_text().split()

    async def start(self) -> Any:
        for url in self.start_urls:
            yield Request(url, headers=self._kept.get(url), meta={"handle_httpstatus_list": [304]})

    def parse(self, response: Response, **_: Any) -> Iterator[dict[str, Any]]:
        if response.status == 304:
            return
        asked = response.meta.get("redirect_urls", [response.url])[0]
        given = (("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified"))
        self._kept[asked] = {name: (response.headers[said] or b"").decode() for name, said in given}
        for entry in feedparser.parse(response.body).entries:
            said = (entry.get("title"), entry.get("link"), entry.get("published"), entry.get("summary"))
            yield dict(zip(("title", "link", "published", "summary"), said, strict=True))

    def closed(self, _reason: str) -> None:
        self._file.write_text(json.dumps(self._kept))
