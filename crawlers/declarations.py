"""What a source declaration may say. `docs/adding-a-source.md` tells it to people, the schema to editors."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from newsdesk import urls
from newsdesk.model import Kind
from newsdesk.tomltext import meant

Reader = Literal[
    "feed", "sitemap", "listing", "evergreen", "committee", "govuk", "ofsted",
    "contensis", "drupal", "goss", "govdelivery", "jadu", "localgov-drupal", "mynewsdesk", "prgloo",
    "sharepoint", "wordpress",
]  # fmt: skip
_OPTIONS: Mapping[str, tuple[str, ...]] = {
    "sitemap": ("hosts", "path"),
    "listing": ("hosts", "item", "link", "title", "date"),
    "evergreen": ("item", "title", "date"),
    "ofsted": (),
    "govuk": (),
}
_USUAL = ("hosts",)  # what the readers understand that are not named above
_SELECTORS = frozenset(("item", "link", "title", "date"))


def _address(value: str) -> str:
    if urls.canonical(value) is None:
        raise ValueError("is not a web address that can be visited")
    if urls.mirrored(urls.site(value)):
        raise ValueError("is a site that copies others; declare the outlet itself")
    return value


Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$")]


class Declaration(BaseModel):
    """One watched place."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[Slug, Field(description="unique, and kept for ever: what is stored is filed under it")]
    outlet: Annotated[str, Field(min_length=1, description="as readers know it")]
    kind: Kind
    url: Annotated[str, AfterValidator(_address), Field(description="the page or feed that is visited")]
    reader: Annotated[
        Reader, Field(description="the form of that page, or the family of systems it was made with")
    ]
    weekly: Annotated[
        tuple[Annotated[int, Field(ge=0)], Annotated[int, Field(ge=1)]],
        Field(description="how many items a normal week brings, at least and at most"),
    ]
    verified: Annotated[str, Field(min_length=10, description="how the address was checked, in a sentence")]
    verified_on: Annotated[date, Field(description="when")]
    council: Annotated[
        Slug | None, Field(description="the council whose own page this is, or that it is about")
    ] = None
    covers: Annotated[tuple[Slug, ...], Field(description="the councils a local outlet is about")] = ()
    licence: Annotated[str | None, Field(description="what allows quoting, as its publisher names it")] = None
    snippet: Annotated[
        int, Field(ge=0, le=500, description="characters that may be quoted; 0 is title and link alone")
    ] = 0
    pages: Annotated[
        Literal["html", "govuk", "none"],
        Field(description="what follows a lead: its page, or GOV.UK's content API"),
    ] = "html"
    options: Annotated[
        dict[str, str], Field(description="what its reader needs to know; CSS selectors for a listing")
    ] = {}

    @model_validator(mode="after")
    def _fits_together(self) -> "Declaration":
        known = _OPTIONS.get(self.reader, _USUAL)
        for option, value in self.options.items():
            if option not in known:
                raise ValueError(
                    f"options.{option}: reader {self.reader!r} has no such option{meant(option, known)}"
                )
            if option in _SELECTORS:
                _parse(option, value)
        if self.reader == "evergreen" and self.pages != "none":
            raise ValueError('pages: an evergreen page says all there is itself; set pages = "none"')
        if self.weekly[0] > self.weekly[1]:
            raise ValueError("weekly: the least comes first, then the most")
        if self.snippet and not self.licence:
            raise ValueError("snippet: quoting needs a licence; name it, or leave snippet at 0")
        if "item" not in self.options and self.options.keys() & _SELECTORS:
            raise ValueError("options.item: the other selectors work inside an item; say what an item is")
        return self


@cache
def _parse(option: str, selector: str) -> None:
    from lxml.cssselect import CSSSelector, SelectorError  # slow to load, and hardly any declaration needs it

    try:
        CSSSelector(selector, translator="html")
    except SelectorError as error:
        raise ValueError(f"options.{option}: {selector!r} is no CSS selector: {error}") from error


class Declarations(BaseModel):
    """A file of declarations."""

    model_config = ConfigDict(extra="forbid", title="Presswatch sources")

    source: tuple[Declaration, ...]
