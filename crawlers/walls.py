"""Pages that stand in front of the page: challenges, blocks, consent, logins, maintenance.

They come with any status, often 200. What is told apart here is never stored as an article and never
counted as an empty day. An ordinary article that speaks of cookies, logins or maintenance is left alone:
whatever the signs, a page of many words is no wall, unless they are all of consent.
"""

import re

from lxml.html import HtmlElement

from crawlers.markup import decode, parse, visible
from crawlers.patterns import any_of
from newsdesk.errors import Blocked
from newsdesk.model import Page

FEW_WORDS = 160  # a wall says less than any article; the shortest council notices are about as long
WORDS_PER_CONSENT = 25  # a consent page names cookies, partners or consent at least once in so many words
_LONGEST_HEADING = 200  # characters
_PRIVACY = any_of(
    r"\b(?:cookies?|consent\w*|privacy|partners?|vendors?|personal data|legitimate interests?)\b"
)


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
        r"checking your browser.*",
        r"pardon our interruption(?:\.\.\.|…)?",
        r"are you (?:a robot|human)\??",
        r"security check(?: required)?",
        r"verify(?:ing)? (?:that )?you are (?:a )?human",
        r"one more step",
        r"ddos-guard",
    ),
    "block": any_of(
        r"access (?:to this page has been )?denied",
        r"(?:(?:error )?403 )?forbidden",
        r"request (?:rejected|unsuccessful|blocked)",
        r"(?:web ?page|site) blocked!?",
        r"(?:error: )?the request could not be satisfied",
        r"(?:sorry, )?you have been blocked",
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
        r"unusual traffic from your",
    ),
    "block": any_of(
        r"you have been blocked",
        r"incapsula incident id",
        r"the requested url was rejected\. please consult",
        r"you don(?:'|’)?t have permission to access .{1,200} on this server",
        r"the request (?:is|was) blocked",
        r"your (?:ip(?: address)?|access|request) has been (?:blocked|denied)",
        r"(?:attack|blocked) id: ",
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
    """The kind of wall a page is ("challenge", "block", "consent", "login", "maintenance"), or None."""
    words = visible(tree)
    lines = [visible(node)[:_LONGEST_HEADING] for node in tree.iter("title", "h1")]
    headings = [part.strip() for line in lines for part in re.split(r"\s[|–—-]\s|: ", line)]
    if words.count(" ") >= FEW_WORDS:
        return "consent" if _lawyers_consent(headings, words) else None
    if _CHALLENGE_MARKUP.search(text):
        return "challenge"
    for kind, heading in _HEADINGS.items():
        if any(heading.fullmatch(each) for each in headings):
            return kind
    return next((kind for kind, sentence in _SENTENCES.items() if sentence.search(words)), None)


def _lawyers_consent(headings: list[str], words: str) -> bool:
    """A consent page can be long, but then hardly a line of it is about anything else."""
    if not any(_HEADINGS["consent"].fullmatch(each) for each in headings):
        return False
    return len(_PRIVACY.findall(words)) * WORDS_PER_CONSENT > words.count(" ")


def refuse(tree: HtmlElement, text: str, status: int | None = None) -> None:
    """Raises Blocked, saying which wall it is, when the page is one."""
    kind = recognise(tree, text)
    if kind is not None:
        raise Blocked(f"a {kind} page came instead of what was asked for", status=status)


def read_refusal(page: Page) -> None:
    """Looks at what came with a refusal. Raises Blocked when it is a wall, Unreadable when it is no page."""
    text = decode(page.body, page.content_type)
    refuse(parse(text), text, page.status)
