"""Pages that are edited in place: what an edit does to the leads."""

import json

import pytest
from hypothesis import given, settings, strategies as st

from crawlers.readers import Reading, read_listing
from newsdesk import urls
from newsdesk.errors import Drifted
from tests.crawlers.examples import ADDRESS, a_page, a_source

SOURCE = a_source(reader="evergreen", pages="none")


def a_rolling_page(**entries: str) -> str:
    parts = "".join(f"<h2>{name}</h2><p>{text}</p>" for name, text in entries.items())
    return f"<main><h1>Visits</h1>{parts}</main>"


def read(html: str) -> Reading:
    return read_listing(SOURCE, a_page(html))


def test_an_edited_entry_keeps_its_address_and_changes_its_marker() -> None:
    before = {lead.url: lead.marker for lead in read(a_rolling_page(Kent="Old", Leeds="Same")).leads}
    after = {lead.url: lead.marker for lead in read(a_rolling_page(Kent="New", Leeds="Same")).leads}
    assert before.keys() == after.keys()
    assert [url for url in before if before[url] != after[url]] == [f"{ADDRESS}#entry:kent"]


def test_a_new_entry_on_top_leaves_the_others_as_they_were() -> None:
    before = read(a_rolling_page(Kent="One", Leeds="Two")).leads
    after = read(a_rolling_page(Bury="Three", Kent="One", Leeds="Two")).leads
    assert after[1:] == before


def test_a_second_entry_of_one_name_on_top_is_the_new_one() -> None:
    old = "<main><h1>V</h1><h2>Kent</h2><p>March</p><h2>Leeds</h2><p>May</p></main>"
    new = old.replace("<h2>Kent", "<h2>Kent</h2><p>June</p><h2>Kent", 1)
    known = {lead.url: lead.marker for lead in read(old).leads}
    now = {lead.url: lead.marker for lead in read(new).leads}
    assert known.items() < now.items()


def test_a_page_without_entries_has_drifted() -> None:
    with pytest.raises(Drifted, match="no entry"):
        read("<main><h1>Visits</h1><p>Soon.</p></main>")


def test_a_new_note_of_a_collection_is_a_new_lead_and_an_edited_one_another_marker() -> None:
    def leads(*notes: tuple[str, str]) -> dict[str, str | None]:
        history = [{"public_timestamp": stamp, "note": note} for stamp, note in notes]
        answer = {"base_path": "/c", "title": "Notices", "details": {"change_history": history}}
        page = a_page(json.dumps(answer), "application/json", "https://www.gov.uk/api/content/c")
        return {lead.url: lead.marker for lead in read_listing(SOURCE, page).leads}

    first = leads(("2026-01-01T00:00:00Z", "Added a notice to Kent."))
    both = leads(
        ("2026-01-01T00:00:00Z", "Added a notice to Kent."), ("2026-02-01T00:00:00Z", "And to Leeds.")
    )
    edited = leads(("2026-01-01T00:00:00Z", "Added a notice to Kent Council."))
    assert first.items() < both.items()
    assert first.keys() == edited.keys()
    assert first != edited


NAMES = st.lists(
    st.text(min_size=1, max_size=40) | st.sampled_from(["Kent", "Kent 2", "Kent-2", "KENT 2 2"]),
    min_size=2,
    max_size=6,
)


@settings(max_examples=80, deadline=None)
@given(NAMES)
def test_every_entry_has_an_address_of_its_own_that_stays_what_it_is(names: list[str]) -> None:
    escaped = [name.replace("&", "&amp;").replace("<", "&lt;") for name in names]
    body = "".join(f"<h2>{name}</h2><p>Words about it.</p>" for name in escaped)
    page = a_page(f"<main><h1>V</h1>{body}</main>".encode("utf-8", "replace"))
    try:
        leads = read_listing(SOURCE, page).leads
    except Drifted:
        return
    assert all(urls.canonical(lead.url) == lead.url for lead in leads)
    assert len({urls.key(lead.url) for lead in leads}) == len(leads)
