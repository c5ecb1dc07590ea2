"""Pages that stand in front of the page: challenges, blocks, consent, logins, maintenance, parked names.

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
_WORDS_PER_BANNER = 12  # the same where no heading says so: a short notice may stand below a banner
_LONGEST_HEADING = 200  # characters
_FEWEST_WORDS = 30  # a page with fewer that holds a riddle holds nothing else; forms have them, too
_PRIVACY = any_of(
    r"\b(?:cookies?|consent\w*|privacy|partners?|vendors?|personal data|legitimate interests?)\b"
)


_CHALLENGE_MARKUP = any_of(
    r"_cf_chl_opt",
    r"cf-browser-verification",
    r"id=[\"'](?:challenge-form|cf-wrapper|px-captcha)[\"']",
    r"/_Incapsula_Resource\?",
    r"(?:geo|ct)\.captcha-delivery\.com",
    r"awsWafCookieDomainList",
    r"ddos-guard/js-challenge",
    r"<noscript>\s*please enable javascript to view the page content",
)

_BANNER = any_of(r"we and our (?:\d[\d,]* )?(?:trusted )?partners (?:store|process|use|access)")
_RIDDLE = any_of(
    r"challenges\.cloudflare\.com/turnstile",
    r"class=[\"'](?:g-recaptcha|h-captcha|cf-turnstile)\b",
    r"hcaptcha\.com/1/api\.js",
)

# Whole headings: a part of a page's title or h1, as split at " | " and the like.
_HEADINGS = {
    "challenge": any_of(
        r"just a moment",
        r"attention required",
        r"checking your browser.*",
        r"pardon our interruption",
        r"are you (?:a robot|human)\??",
        r"security check(?: required)?",
        r"verify(?:ing)? (?:that )?you are (?:a )?human",
        r"one more step",
        r"ddos-guard",
        r"(?:performing )?(?:security|human|bot) (?:verification|check(?:point)?)",
        r"robot (?:check|or human)\??",
        r"making sure you(?:'|’| a)?re not a (?:ro)?bot",
        r"client challenge",
        r"azure waf",
    ),
    "block": any_of(
        r"access (?:to this (?:page|site|website|service) has been )?(?:denied|limited)",
        r"your access to this (?:site|service) has been limited.*",
        r"(?:(?:error )?40[13] )?(?:forbidden|unauthori[sz]ed)",
        r"(?:(?:error )?429 )?too many requests",
        r"(?:(?:error )?406 )?not acceptable",
        r"rate limit(?:ed| exceeded)",
        r"(?:451 )?unavailable (?:due to|for) legal reasons",
        r"(?:this (?:content|page|site|website) is )?(?:not available|unavailable) in your "
        r"(?:region|country|location)",
        r"request (?:rejected|unsuccessful|blocked)",
        r"(?:web ?page|site) blocked",
        r"(?:error: )?the request could not be satisfied",
        r"(?:sorry, )?you have been blocked",
    ),
    "consent": any_of(
        r"before you continue.*",
        r"(?:we value )?your privacy",
        r"privacy and cookie settings",
        r"(?:cookie )?consent(?: or pay)?",
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
        r"(?:sorry, )?(?:the|this|our) (?:service|(?:web)?site|page) is (?:currently |temporarily )?"
        r"(?:unavailable|down|offline|not available)",
        r"sorry, there (?:is|was) a problem(?: with (?:the|this|our) (?:service|(?:web)?site))?",
        r"(?:internal )?server error(?: in .*)?",
        r"(?:runtime|database) error",
        r"error establishing a database connection",
        r"(?:web)?site (?:under construction|offline)",
        r"(?:509 )?bandwidth limit exceeded",
        r"(?:this )?account (?:has been )?suspended",
        r"welcome to nginx",
        r"50\d .*",
    ),
    "parked": any_of(r"(?:this )?domain(?: name)? (?:is |may be )?for sale.*", r"domain (?:name )?expired"),
}

_SENTENCES = {
    "challenge": any_of(
        r"enable javascript and cookies to continue",
        r"checking (?:if the site connection is secure|your browser before)",
        r"needs to review the security of your connection",
        r"(?:verify(?:ing)?|confirm) (?:that )?you(?: are|'re|’re) (?:(?:a )?human|not a (?:ro)?bot)",
        r"unusual traffic from your",
        r"(?:performing|complete the|waiting for) security (?:verification|check)",
        r"verifying your (?:request|browser)",
        r"please enable js and disable any ad blocker",
    ),
    "block": any_of(
        r"you have been blocked",
        r"incapsula incident id",
        r"the requested url was rejected\. please consult",
        r"you don(?:'|’)?t have permission to access .{1,200} on this server",
        r"the request (?:is|was) blocked",
        r"your (?:ip(?: address)?|access|request) has been (?:blocked|denied)",
        r"(?:attack|blocked|support) id(?: is)?: ",
        r"generated by mod_security",
        r"access to this (?:site|service|website) has been limited",
        r"(?:access|attempting to access) this (?:site|website) from a country",
        r"you have sent too many requests",
    ),
    "consent": any_of(
        r"(?:accept|agree to) (?:all )?(?:our )?cookies (?:and|to) (?:continue|enter)",
        r"before you continue to",
    ),
    "login": any_of(
        r"(?:register|subscribe|sign in|log ?in|create an? (?:free )?account)(?: now| for free| today)? "
        r"to (?:continue reading|read (?:on|this|the (?:full|rest))|view this|access this|keep reading)",
        r"you (?:must|need to|have to) be (?:logged|signed) in to (?:view|read|see|access)",
        r"(?:article|page|content|story) is (?:for|only available to|available only to|exclusively for) "
        r"(?:our )?(?:subscribers|members|registered users)",
    ),
    "maintenance": any_of(
        r"(?:down|closed|unavailable|offline) (?:for|due to|while)[\w ]{0,40} maintenance",
        r"(?:undergoing|carrying out) [\w ]{0,30}maintenance",
        r"we(?:'|’)?ll be back (?:soon|shortly)",
        r"(?:this (?:web)?site|our website) is (?:temporarily|currently) (?:offline|unavailable|down)\b",
        r"account has been suspended",
    ),
    "parked": any_of(
        r"(?:this|the) domain(?: name)? (?:is|may be) (?:for sale|available for purchase)",
        r"buy this domain",
        r"domain (?:name )?(?:has )?expired",
    ),
}


def recognise(tree: HtmlElement, text: str) -> str | None:
    """The kind of wall a page is ("challenge", "block", "consent", "login", "maintenance"), or None."""
    words = visible(tree)
    lines = [visible(node)[:_LONGEST_HEADING] for node in tree.iter("title", "h1")]
    headings = [part.strip(" .!…") for line in lines for part in re.split(r"\s[|–—-]\s|: ", line)]
    if words.count(" ") >= FEW_WORDS:
        return "consent" if _lawyers_consent(headings, words) else None
    if _CHALLENGE_MARKUP.search(text) or (words.count(" ") < _FEWEST_WORDS and _RIDDLE.search(text)):
        return "challenge"
    for kind, heading in _HEADINGS.items():
        if any(heading.fullmatch(each) for each in headings):
            return kind
    if _BANNER.search(words) and _speaks_of_consent(words, _WORDS_PER_BANNER):
        return "consent"
    return next((kind for kind, sentence in _SENTENCES.items() if sentence.search(words)), None)


def _lawyers_consent(headings: list[str], words: str) -> bool:
    """A consent page can be long, but then hardly a line of it is about anything else."""
    named = any(_HEADINGS["consent"].fullmatch(each) for each in headings)
    return named and _speaks_of_consent(words, WORDS_PER_CONSENT)


def _speaks_of_consent(words: str, often: int) -> bool:
    return len(_PRIVACY.findall(words)) * often > words.count(" ")


def refuse(tree: HtmlElement, text: str, status: int | None = None) -> None:
    """Raises Blocked, saying which wall it is, when the page is one."""
    kind = recognise(tree, text)
    if kind is not None:
        raise Blocked(f"a {kind} page came instead of what was asked for", status=status)


def read_refusal(page: Page) -> None:
    """Looks at what came with a refusal. Raises Blocked when it is a wall, Unreadable when it is no page."""
    text = decode(page.body, page.content_type)
    refuse(parse(text), text, page.status)
