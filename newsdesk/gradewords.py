"""The words among which a grade stands. All are matched against folded text (newsdesk.phrases.folded)."""

import re

from newsdesk.phrases import Phrases, listed


def _any(words: str) -> str:
    return f"(?:{'|'.join(listed(words))})"


# ---------------------------------------------------------------- the grade itself

WORD = re.compile(
    r"""(?<!\w)(?:
        (?P<open>["'])?
        (?P<grade> outstanding | good | inadequate | adequate
                 | requir(?:es|ing|ed|e)[ ]improvement (?P<formal>[ ]to[ ]be[ ]good)? )
        (?P<close>["'])?
      | (?P<second>second)?[ -]?(?: (?P<low>lowest|worst|bottom) | (?P<high>highest|best|top) )
        [ ](?: (?:possible|available|ofsted|overall|of[ ](?:the|ofsted's|its)[ ]four)[ ] )*
        (?:ratings?|grades?|judge?ments?|marks?|rankings?|categor(?:y|ies))
    )(?!\w)""",
    re.VERBOSE,
)
# A line without one of these holds no grade.
HINTS = tuple(listed("good; outstanding; improvement; adequate; lowest; worst; bottom; highest; best; top"))

# ---------------------------------------------------------------- what stands after it

_NOUN = _any(
    """
    rating; grade; grading; judge?ment; verdict; ranking; status; mark; ofsted; inspection; category
    score; result; report
    -rated; -graded; rated
    """
)
_SERVICE = _any(
    "children's services; children's social care; services; council; local authority; department; authority"
)
_ON = """
    overall; for; in; by; and; or; but; across; on; at; after; when; since; last; this; as; to; from; with
    again; rather
    while; under; following; despite; before; yesterday; today; within; throughout; thanks; because
    too; also; either; twice; once; most; throughout; over; during; everywhere; two; three; four; five; has
    have; had; is; was; were; will; would; says?; said
    """
NOUN_AFTER = re.compile(rf"[ -]*(?:overall )?{_NOUN}s?\b")
SERVICE_AFTER = re.compile(rf" {_SERVICE}\b")
# A grade stands alone; "good work" and "outstanding care" go on with what is good.
ENDS_AFTER = re.compile(rf"\s*(?:$|[.,;:!?()\]/-]|(?:{_any(_ON)}|of (?:19|20)[0-9][0-9])\b)")
ENDS_AT_ONCE = re.compile(r"\s*(?:$|[.;:!?)]|(?:overall|for|in|by|across|at)\b)")
# "Coventry, also good before, is outstanding"
APPOSED_BEFORE = re.compile(r"\w, (?:also|once|previously|formerly|itself|long) ['\"]?$")
APPOSED_AFTER = re.compile(r"['\"]?(?: before)?,")
# "In 2024 help and protection was inadequate" tells of a judgement, whatever the article is about.
IN_A_YEAR = re.compile(r"\b(?:in|of|since|the) (?:19|20)[0-9][0-9]\b")
PRONOUNS = frozenset(listed("it; they; we; this; that; he; she; which"))
CHOICE_AFTER = re.compile(r"['\"]? or ['\"]?(?:good|outstanding|better|worse|requires|inadequate)\b")

# ---------------------------------------------------------------- what stands before it

_FILLERS = _any(
    r"""
    by; as; to; from; an?; of; be; being; is; was; were; overall; still; now; its; the; at; both; only
    again; in
    all; areas?; four; five; every; on; and; or; it; them; services; children's; also; have; been; inspectors
    rating; grade; effectiveness; ofsted(?:'s)?; watchdog; inspectorate; :; -
    ['"]?(?:good|outstanding|inadequate|requires improvement)['"]?
    """
)
_TO_THE_GRADE = rf"(?:[ ,]+{_FILLERS},?){{0,7}}[ :]*$"
_RATED = _any(
    """
    (?:re-?)?rat(?:ed|es|ing); judge[ds]?; judging; grad(?:ed|es|ing); ranked; classed; deemed; declared
    branded; condemned as; described as
    labelled; assessed; considered; grade; judge?ment
    """
)
_MOVED = _any(
    """
    moved; rose; risen; dropped; fell; fallen; slipped; improved; jumped; climbed; progress(?:ed|ing)?
    gone; went
    """
)
_GIVEN = _any(
    """
    given; gave; handed; award(?:ed|s)?; receiv(?:ed|es); achiev(?:ed|es); retain(?:ed|s); secur(?:ed|es)
    kept; keeps; earn(?:ed|s); scor(?:ed|es); maintain(?:ed|s); gets?; got
    """
)
RATED_BEFORE = re.compile(
    rf"\b{_RATED}\b(?! that\b)(?:(?! that )[^,;:.]){{0,70}}$"
    rf"|\b(?:found(?: to be| them| it)?|(?:have|be|been) given|upgraded|downgraded|{_MOVED}(?: up| "
    rf"down)? (?:from|to)|{_RATED}"
    rf"|overall(?: effectiveness)?){_TO_THE_GRADE}"
)
GIVEN_BEFORE = re.compile(rf"\b{_GIVEN}{_TO_THE_GRADE}")
IS_BEFORE = re.compile(
    r"\b(?:is|are|was|were|be|been|remains?|remained|stays?|stayed|becomes?|became)(?: at)?"
    r"(?: (?:now|also|still|again|each|both|all|once again|previously|once|formerly|then|(?:said"
    r"|found|judged|deemed|told|graded|rated|held) to(?: be)?|then"
    r"|there))*$"
)
OVERALL_AFTER = re.compile(r"['\"]? (?:overall|across the board)\b")
HELD_BEFORE = re.compile(r"(?:^|\b(?:in|to|at|of|for|by|from|with|its|the|an?|as) )['\"]?$")
FOR_AN_AREA = re.compile(r"['\"]? (?:for|in) ")
SERVICE_LAST = re.compile(
    rf"\b(?:{_SERVICE}|which|effectiveness|county|city|borough|service|they|it|we)(?: [\w' ]{{0,25}})?\s*$"
)
GRADE_LAST = re.compile(
    r"\b(?:grade|rating|judge?ment|verdict|result|part|area|that|which)(?:,? [\w', ]{0,35})?\s*$"
)
PART = re.compile(r"[;]|\b(?:while|but|whereas|although|though|with)\b| - ")  # a clause, with the lists in it
SERVICE_NEEDS = re.compile(rf"\b(?:{_SERVICE}|service|it|they)(?: still| now)? $")
SERVICE_IS = re.compile(
    rf"\b{_SERVICE}\b[^,;]{{0,40}} (?:is|are|was|were|remains?|still|be|being) (?:now |still |rated )*$"
)
_ITS = f"(?:an?|the|its|be|being|having been|of|overall|previous|earlier|{_RATED}|{_NOUN})"
FROM = re.compile(rf"\b(?:from|out of) (?:{_ITS} )*['\"]?$")
NO_LONGER = re.compile(
    rf"\bleav(?:es|ing) behind (?:{_ITS} )*['\"]?$|\bno longer (?:{_ITS} )*$"
    rf"|\b(?:removed?|shed|sheds|lost|loses) [\w' ]{{0,30}}['\"]?$"
)
NOT = re.compile(
    r"(?:\bnot|n't|\bnever|\bshort of|\bless than|\bhardly|\bfar from)(?: (?:yet|been|being|be|rated|a|an))*$"
)
CHOICE_BEFORE = re.compile(
    r"\b(?:rather than|better than|worse than|higher than|lower than|instead of) ['\"]?$|"
    r"\b(?:good|outstanding|inadequate|improvement)['\"]? or ['\"]?$"
)
BESIDE = re.compile(
    r"(?:^|[ ,])(?:and|but|or|as|was|were|been|is|are|while|with|to|now|in|for)[ '\"]*$|, ?['\"]?$"
)
# "Overall effectiveness: Good", and "Good - help and protection"
TABLE_BEFORE = re.compile(
    r"^[\W\d]*(?:\(?[a-h]\) ?)?(?:the )?(?:overall|impact|experiences|leader\w*|children|help|care"
    r"|adoption)\b[^:-]{0,120}?"
    r" ?[:-] ?$"
)
TABLE_AFTER = re.compile(r"\s*(?:[:-]|for|in)\s")
# "July 2022: Inadequate for a third time"
TIMELINE_BEFORE = re.compile(r"^\W*(?:(?:\d{1,2} )?[a-z]+ )?(?:19|20)\d\d ?[:-] ?['\"]?$")
# "with good support for care leavers", "found to have inadequate leadership"
AREA_AFTER = re.compile(
    r"['\"]? (?:support|work|help|services|practice|care|leadership|leaders|experiences|management)\b"
)
HAVING_AREA = re.compile(r"\bwith (?:the )?[^,;]{3,60} $")  # "with help and protection outstanding as well"
HAVING_BEEN = re.compile(r"\b(?:after|having|despite|from|since) ['\"]?$")
GOOD_TO_SEE = re.compile(r" (?:to (?:see|hear|know|have|note|learn|find|say|read)|that|news|enough)\b")
# "was told in March that its own services require improvement", "carries the label 'inadequate'"
TOLD_BEFORE = re.compile(
    r"\b(?:told|found|ruled)\b[^.;]{0,40}\bthat\b[^.;,]{0,30}\b(?:services?|it|they|department)"
    r"(?: (?:is|are|was|were))? ['\"]?$"
    r"|\blabel(?: of)? ['\"]?$"
)
HAVING_BEFORE = re.compile(r"\b(?:with|having|have|has|and|but) ['\"]?$")
CLAUSE = re.compile(r"[;:]|, (?:and |while |but |with |although )?|\b(?:while|but|whereas|although)\b| - ")

# ---------------------------------------------------------------- what the sentence is about

ABOUT_GRADES = Phrases(
    listed(r"ofsted\w*; rat(ed|es|ing|ings); grad(e|ed|es|ing); judg\w*; inspect\w*; watchdog; verdict")
)
WISHING = Phrases(
    listed(
        r"""
        aim(s|ing|ed)?; hop(e|es|ed|ing); ambitions?; goals?; want(s|ed|ing)?; striv\w*; aspir\w*; on track
        target; working (to|towards); could; would; might; risk(s|ed|ing)? (of|being); if; unless
        determined to
        journey (to|towards); on the (road|way) to; expect(s|ed|ing)? to; plan(s|ning)? to
        """
    )
)
SETTLED = frozenset(listed("after; since; having; been; despite"))
OTHER_SERVICE = Phrases(
    listed(
        r"""
        adult'?s?'? (social care|services|care); care quality commission; cqc; care homes?; hospitals?
        schools?; academ(y|ies); college; nurser(y|ies); childmind\w*; pre-?schools?; early years
        children'?s'? homes?; fostering (agency|agencies|service); adoption agency
        special educational needs; send; local area partnership; youth (justice|offending); probation; police
        fire (and rescue )?service; housing; (the )?(\w+ )?homes (is|are|was|were|have)
        """
    )
)
# Without one of these there is no need to look closer.
OTHERS = re.compile(
    r"adult|cqc|care quality|care home|hospital|school|academ|college|nurser|childmind|early years"
    r"|s'? homes?|fostering"
    r"|agency|special|send|partnership|youth|probation|police|fire|housing|homes"
)
MANY = re.compile(
    r"and (?:one|two|three|four|five|the other|other)|council|authorit|borough|department|area|aspect|part"
    r"|judge|categor|only|of the|homes"
)
THIS_SERVICE = Phrases(listed("children'?s'? (social care|services); ilacs"))
THE_COUNCIL = Phrases(["(council|local authority|authority|county|city|borough)('s)?"])
_NUMBER = (
    r"none|few|fewer|some|many|most|all|other|half|several|number|proportion|quarter|third|per cent|[0-9]+%?"
    r"|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+ty|\w+teen"
)
_OF = "(of )?(the |these |all )?([0-9]+ )?"
OF_MANY = Phrases(
    listed(
        rf"""
        ({_NUMBER}) {_OF}(other |english )?(councils|local authorities|authorities|boroughs)
        ({_NUMBER}) {_OF}(local authority )?(children's services )?departments
        (no|none|(a )?few|some|several|most|one|two|three) (of the )?(\w+ )?(areas?|aspects?|parts?)
        (no|none|(a )?few|some|several|most|one|two|three) (of the )?(\w+ )?(judge?ments|categories)
        (no|no other|every|each) (council|local authority|authority|borough|department)
        another (council|local authority|authority|borough|department)(?! (that|which))
        ({_NUMBER}) of (them|these|those|(its|the|their) (\w+ )?homes)
        and (one|two|three|four|five|the other|others) (is |are |was |were )?['"]?$
        only (one|two|three|four|five|[0-9]+|a handful)
        """
    )
)
