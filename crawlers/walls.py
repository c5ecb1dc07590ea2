"""Pages that stand in front of the page: challenges, consent, logins, maintenance.

They come with any status, often 200. What is told apart here is never stored as an article and never
counted as an empty day. An ordinary article that speaks of cookies, logins or maintenance is left alone:
whatever the signs, a page of many words is no wall.
"""

import re

from lxml.html import HtmlElement

from crawlers.markup import visible
from crawlers.patterns import any_of
from newsdesk.errors import Blocked

FEW_WORDS = 160  # a wall says less than any article; the shortest council notices are about as long
_LONGEST_HEADING = 200  # characters


_CHALLENGE_MARKUP = any_of(
    r"_cf_chl_opt",
    r"cf-browser-verification",
    r"id=[\"'](?:challenge-form|cf-wrapper|px-captcha)[\"']",
    r"/_Incapsula_Resource\?",
    r"geo\.captcha-delivery\.com",
    r"awsWafCookieDomainList",
    r"ddos-guard/js-challenge",
)

# Whole headings: a part of a page's title or h1, as split at " | " and the like.
_HEADINGS = {
    "challenge": any_of(
        r"just a moment(?:\.\.\.|…)?",
        r"attention required!?",
        r"access (?:to this page has been )?denied",
        r"checking your browser.*",
        r"pardon our interruption(?:\.\.\.|…)?",
        r"are you (?:a robot|human)\??",
        r"security check(?: required)?",
        r"(?:403 )?forbidden",
        r"verify(?:ing)? (?:that )?you are (?:a )?human",
        r"one more step",
        r"request (?:rejected|unsuccessful)",
        r"ddos-guard",
    ),
    "consent": any_of(
        r"before you continue.*",
        r"(?:we value )?your privacy",
        r"privacy and cookie settings",
        r"(?:cookie )?consent",
        r"(?:manage )?(?:your )?(?:privacy|cookie) (?:choices|preferences|settings|consent)",
    ),
    "login": any_of(
        r"(?:please )?(?:log|sign)[ -]?in(?: (?:to|or) .*)?",
        r"login(?: required)?",
        r"register(?: (?:now|for free|to continue.*))?",
        r"subscri(?:be|ption required)(?: (?:to|now).*)?",
        r"members? only",
        r"create (?:an|your) account",
    ),
    "maintenance": any_of(
        r"(?:(?:site|website|we are|we're|we’re|service) )?(?:is )?"
        r"(?:(?:currently )?(?:down|closed|undergoing|under) )?(?:for )?"
        r"(?:essential |scheduled |planned )?maintenance(?: mode| page)?",
        r"we(?:'|’)?ll be (?:right )?back(?: soon)?",
        r"(?:503 )?service (?:temporarily )?unavailable",
        r"(?:site |website |page )?temporarily unavailable",
        r"50[234] .*",
    ),
}

_SENTENCES = {
    "challenge": any_of(
        r"enable javascript and cookies to continue",
        r"checking (?:if the site connection is secure|your browser before)",
        r"needs to review the security of your connection",
        r"verify(?:ing)? (?:that )?you are (?:a )?human",
        r"you have been blocked",
        r"unusual traffic from your",
    ),
    "consent": any_of(
        r"(?:accept|agree to) (?:all )?(?:our )?cookies (?:and|to) (?:continue|enter)",
        r"before you continue to",
    ),
    "login": any_of(
        r"(?:register|subscribe|sign in|log ?in|create an? (?:free )?account)(?: now| for free| today)? "
        r"to (?:continue reading|read (?:on|this|the (?:full|rest))|view this|access this|keep reading)",
    ),
    "maintenance": any_of(
        r"(?:down|closed|unavailable|offline) (?:for|due to|while)[\w ]{0,40} maintenance",
        r"(?:undergoing|carrying out) [\w ]{0,30}maintenance",
        r"we(?:'|’)?ll be back (?:soon|shortly)",
    ),
}


def recognise(tree: HtmlElement, text: str) -> str | None:
    """The kind of wall a page is ("challenge", "consent", "login", "maintenance"), or None."""
    words = visible(tree)
    if words.count(" ") >= FEW_WORDS:
        return None
    if _CHALLENGE_MARKUP.search(text):
        return "challenge"
    lines = [visible(node)[:_LONGEST_HEADING] for node in tree.iter("title", "h1")]
    headings = [part.strip() for line in lines for part in re.split(r"\s[|–—-]\s|: ", line)]
    for kind, heading in _HEADINGS.items():
        if any(heading.fullmatch(each) for each in headings):
            return kind
    return next((kind for kind, sentence in _SENTENCES.items() if sentence.search(words)), None)


def refuse(tree: HtmlElement, text: str, status: int | None = None) -> None:
    """Raises Blocked, saying which wall it is, when the page is one."""
    kind = recognise(tree, text)
    if kind is not None:
        raise Blocked(f"a {kind} page came instead of what was asked for", status=status)
