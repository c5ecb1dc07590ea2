"""Lines that speak to the reader go; sentences of the news that look like them stay."""

import pytest

from crawlers.clutter import leads_away, without_clutter

NEWS = "The council said it would write to every family that the report names before the end of the month."


@pytest.mark.parametrize(
    "line",
    [
        "READ MORE: Brackenshire's children's services judged inadequate",
        "Read more: All the latest news from Fenbury",
        "Follow us on WhatsApp for the stories that matter to you",
        "Follow BBC Elmford on BBC Sounds, Facebook, X and Instagram. Send your story ideas to us.",
        "Join the ElmfordLive WhatsApp community for breaking news: click here",
        "Get our newsletter",
        "Get daily headlines and breaking news emailed to you - it's FREE. Sign up here",
        "Sign up to our daily newsletter",
        "Thank you for signing up!",
        "Sorry, there seem to be some issues. Please try again later.",
        "Send your letters to letters@northmarchcourier.example",
        "What do you think? Let us know in the comments below.",
        "Comments are closed on this article.",
        "Comments: our rules",
        "We use cookies to give you the best experience on our website.",
        "This website keeps to the code of the Independent Press Standards Organisation.",
        "The Local Democracy Reporting Service is a public service news agency.",
        "This story was written by the Local Democracy Reporting Service.",
        "If you value what we do, please consider a donation of £3 a month.",
        "Get unlimited access with a digital subscription for just £3. Subscribe here.",
        "Watch more of our videos on our channel.",
        "Do you have a story for us? Email the newsdesk.",
        "The town hall. Picture: Northmarch Courier",
        "Image source, Getty Images",
        "Advertisement",
        "Story continues below",
    ],
)
def test_a_line_that_speaks_to_the_reader_goes(line: str) -> None:
    assert without_clutter(f"{NEWS}\n\n{line}\n\n{NEWS} It did.") == f"{NEWS}\n\n{NEWS} It did."


@pytest.mark.parametrize(
    "line",
    [
        "Get more social workers into schools, the report told the council, and do it before winter.",
        "The Local Democracy Reporting Service understands that the director has left.",
        "The picture: mixed at best, with two areas good and two that need to improve.",
        "“Please consider what a donation means to a child in care,” the mayor said.",
        "The council paid £4,000 for a subscription to a service that finds foster carers.",
        "Inspectors said it remains a complicated picture, with some children waiting too long.",
        "Follow-up visits to families now happen within five days, the letter says.",
        "“Thank you for reading to the children,” the carer told the volunteers.",
        "Children told inspectors: “Tell us what is going to happen, and let us know before it does.”",
        "Overall: inadequate",
        "Registered charities and the press office of the trust were told on Monday.",
    ],
)
def test_news_that_only_looks_like_it_stays(line: str) -> None:
    assert without_clutter(f"{NEWS}\n\n{line}\n\n{NEWS} It did.") == f"{NEWS}\n\n{line}\n\n{NEWS} It did."


def test_a_heading_at_the_end_goes_with_the_clutter_below_it() -> None:
    text = f"{NEWS}\n\nWhat you can do\n\nSign up to our newsletter for the latest news by email."
    assert without_clutter(text) == NEWS
    assert without_clutter(f"{NEWS}\n\nRating: inadequate") == f"{NEWS}\n\nRating: inadequate"


@pytest.mark.parametrize(
    ("heading", "away"),
    [
        ("Related stories", True),
        ("Read more:", True),
        ("You may also like", True),
        ("Most read this week", True),
        ("More from Northmarch", True),
        ("What inspectors found", False),
        ("Related harm is rising", False),
        ("More children in care", False),
    ],
)
def test_a_heading_may_lead_to_other_stories(heading: str, away: bool) -> None:
    assert leads_away(heading) is away
