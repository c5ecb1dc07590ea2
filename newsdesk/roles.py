"""What each named council is doing in an article: its subject, a partner, the home of a commissioner, …

The sentence around a mention can give it a lesser role; the article's subjects are the councils that carry
its title and lead without one. A partner is never the subject: in a story of Herefordshire's services the
Leeds that helps them is the partner however often it is named.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from newsdesk.gazetteer import Gazetteer, Mention
from newsdesk.model import CouncilRole, Role
from newsdesk.passage import WEIGHT, Line, Passage
from newsdesk.phrases import Phrases, listed

_THIS, _OTHER = "\x01", "\x02"  # stand for the mention that is looked at, and for any other council

# In these phrases X is the council that is looked at and Y is any other one.
_PARTS = {
    "CHIEF": "((deputy |assistant |interim |corporate |executive |strategic )*"
    "(chief executive|chief|leader|director|head|boss)( of (practice|children'?s?( (services|social "
    "care))?))?)",
    "CALLED": "(appointed|named|installed|sent in|appoints?|names)",
    "FORMAL": "(improvement|sector-led|formal)",
    "AID": "(coaching|support|help|advice|guidance|mentoring|expertise|training)",
    "STAFF": "(practitioners|managers|staff|teams?|experts|leads|social workers)",
    "HELP": "(help|support|advise|mentor|assist|work with|work alongside)",
    "THEM": "(Y|us|our|its neighbour|(the|another) ((troubled|struggling|failing|neighbouring) "
    ")?(council|authority)"
    "|the (troubled|struggling|failing|neighbouring) (county|city|borough|service))",
}
_WORDS = {
    Role.COMMISSIONER: r"""
        commissioner, … CHIEF … (of|at|for|from|in) X
        commissioner is … CHIEF … (of|at|from|in) X
        CHIEF … (of|at|for|from|in) X … (is|will be) to (lead|oversee) … (intervention|improvement|review)
        CHIEF … (of|at|for|from|in) X … (is|will be|asked) to (advise|review) … (improvement|whether)
        CHIEF … (of|at|for|from|in) X … (appointed|named|installed|as|becomes?|will be|to be) … commissioner
        CHIEF … (of|at) [^\n]{0,150}?X[^\n]{0,150}? (appointed|named|sent in) to (lead|review|oversee|advise)
        CALLED … CHIEF … (of|at|for|from|in) X … commissioner
        X('s)? (council )?(former |current )?CHIEF … commissioner
        (commissioner|adviser) (from|on loan from|seconded from) X
        """,
    Role.MENTIONED: r"""
        Y,? in X
        (former|ex)[ -]X CHIEF
        (former|previously|formerly|once|was|worked as|then) (an? |the )?CHIEF … (of|at|for|in) X
        CHIEF … (of|at|for|in) X … (before|until)
        (previously|formerly|last) (at|of|with|worked (at|for|in)) X
        (worked|career|roles?|posts?|spells?|stints?) (at|with|for) X
        (joined|joins|joining|arrives|arrived|comes|came|moves|moved|poached|recruited|seconded) from X
        (placed|living|homes?|placements?|sent|moved) … (in|to) X … miles
        (leaders|directors|councillors|officers|managers) from (Y and )?X( and Y)?,? who
        (she|he|who) (is|was|has been|had been) … CHIEF … (of|at|for|in|with) X; moved to X
        """,
    Role.PARTNER: r"""
        (improvement|sector-led|peer|strategic|formal|its|their) partner,? X
        (improvement|sector-led) partner(s|ship)? … (with|from|by|is|are|:|of) … X
        partner(s|ed|ing|ship)? ((agreement|deal|arrangement) )?(with|between) (colleagues (from|at) |the )*X
        X[^\nY]{0,60} (as|is|becomes?|became|be|been|being|acts as) [^\n]{0,30}FORMAL (improvement )?partner
        (working|work|works|worked) with X … under … (improvement|partnership)
        X … (act|acts|acting) as … partner
        AID they (have had|had|have|get|got) from X; (join|joins|joined|joining) forces with X
        X,? whose (staff|managers|social workers|teams?) … (help|support|work|advis|mentor)\w*
        X('s)? (own )?(\w+ )?STAFF … (work|help|support|coach|mentor|review)
        STAFF from X … (work|help|support|coach|mentor|review)
        X( and Y)?,? (its|the council's|their|an?|the|our) FORMAL (improvement )?partner
        X … (to|will|would|could|has agreed to|agrees to|asked to) HELP … THEM
        X … (is|are|was|were|been) (helping|supporting|advising|mentoring|working (with|alongside)) … THEM
        X … (work|works|worked|working) (alongside|with) Y
        (working|works|worked) (with|alongside) X … HELP
        THEM … (is|was|being|been|be|and) (helped|supported|advised|mentored|assisted|coached) … (by|with) … X
        THEM … AID (from|of|by|with) (colleagues (from|at|in) |staff (from|at) |neighbouring |nearby |the )*X
        AID (from|of|by|with) (colleagues (from|at|in) |the )*X … (Y|the (council|authority)|frontline staff)
        AID (is |was |has been |have been )?(being )?(provided|given|offered) (by|from) X
        (peer|sector-led|improvement|intensive|external|expert) (AID|review|challenge) … (from|by|with) … X
        (learn|learning|learned|learnt) from (colleagues (from|at|in) )?X
        (colleagues|experts|specialists|a team) from (neighbouring )?X
        (brought|called|drafted|bringing|calling) in ((experts|help|staff) )?(from )?(neighbouring )?X
        (turn|turns|turned|turning) to X; X (is|was|as) (its|their|the council's) partner
        """,
    Role.COMPARED: r"""
        (compared|comparable|in common|on a par) … (with|to) … X; what (has )?happened (in|at|to) X
        (neighbouring|nearby) … Y … (and|but|while) … (in|at) X; modelled on … X
        X( and Y)? (is|are) (also )?among (the|those|them); Y and X (is|are) (also )?among (the|those|them)
        (another|others|one|the others?|the rest) (is|are|was|were|include) (Y,? )*(and )?X
        (follows|following) (Y,? )*(and )?X( and Y)?,? (whose|where|which)
        in X,? (it|the (figure|rate|number|bill|cost|share|average)) (is|was|stood|stands|takes|took)
        (the )?(first|last|other|only one) (was|is|were) (in|at) X; (experience|example|model|case)s? of X
        the arrangements? (in|at|for) X
        in contrast (with|to) … X; similar to … X; unlike … X; as (in|at) X; statistical neighbours? … X
        (neighbouring|nearby|neighbours?) X
        (higher|lower|better|worse|more|fewer|less) … than … X
        (other|several|many|few) (councils|authorities|areas) … (including|such as|like) … X
        (others|elsewhere),? (in|including|such as|like) … X
        (follows|following) (similar|the same|a similar) … (in|at) … X
        X (was|is|has|have|had) also (been )?(rated|judged|inspected)
        (joins|joining|joined) … X … as (the only|one of)
        """,
}


def _phrases(words: str) -> Phrases:
    for name, part in (*_PARTS.items(), ("X", _THIS), ("Y", _OTHER)):
        words = words.replace(name, part)
    return Phrases(listed(words))


_GRADED = _phrases(
    "X('s)?,? ((children's|social care|services?|care|which|whose|that|where) )*((is|are|was|were"
    "|has been|have been) )?"
    "(rated|judged|graded|inadequate|outstanding)"
)
# In an article whose top speaks of a commissioner.
_TAKES_IT_ON = _phrases(
    "CHIEF … (of|at|for|from|in) X … (takes?|taking|fills?|accept\\w*) (on |up )?(the|this) (role|job|post)"
)
# Said of the neighbour that a reader may take for the council meant.
_APART = _phrases(
    "(separate|distinct|different) from … X; X … (runs|sets|has|have|had|keeps) (its|their) own; X … "
    "not part of"
    "; X … (is|are) (not involved|unaffected)"
)
# What a page shows around its article: the names in there are of other news.
_FURNITURE = re.compile(
    r"(?:read (?:more|next|also|this)|more (?:on|from|stories|news)|other (?:stories|news|headlines)"
    r"|related|most read"
    r"|also (?:in|on|read)|see also|elsewhere:|trending|latest (?:news|stories)|newsletter|sign up"
    r"|follow |subscribe"
    r"|don't miss|recommended|advert)"
)
_ROLES = tuple((role, _phrases(words)) for role, words in _WORDS.items())
_HELPERS = frozenset({Role.PARTNER, Role.COMMISSIONER})
_CARRIES = 0.5  # share of the heaviest
_AT_HOME, _COVERED = 1.5, 0.5  # what the page's own council and the outlet's patch weigh more
_OVERWHELMING = 3  # so many times the weight of all others makes a helper the subject after all


@dataclass(frozen=True, slots=True)
class Named:
    """One mention of a council, in its line and with the role its sentence gives it (None: not said)."""

    slug: str
    line: Line
    at: int  # where it begins in its line
    mention: Mention
    role: Role | None
    apart: bool = False  # its sentence says that the news is not of this council

    def weight(self, *, level: bool) -> float:
        """How much it speaks for its council as the subject: by its place, and not at all in a lesser role.

        `level` counts all places the same; a trust's name is shared among its councils.
        """
        if self.role is not None:
            return 0.0
        place = 1.0 if level else WEIGHT[self.line.place] ** 2
        return (place + (0.5 if self.mention.strong else 0.0)) / len(self.mention.slugs)


def named(passage: Passage, gazetteer: Gazetteer, nearby: Collection[str]) -> list[Named]:
    """Every mention in the article with its own role; ambiguous names are settled over the whole text."""
    mentions = [
        each
        for each in gazetteer.find(passage.text, nearby=nearby)
        if not _FURNITURE.match(passage.line_at(each.start).low)
    ]
    known = {each.slugs for each in mentions} | {(slug,) for slug in nearby}
    several = len(known) > 1  # a council alone can be nobody's partner
    commissioner = "commissioner" in passage.top
    by_line: dict[int, list[Mention]] = defaultdict(list)
    for each in mentions:
        by_line[passage.line_at(each.start).index].append(each)
    found: list[Named] = []
    for index, group in by_line.items():
        line = passage.lines[index]
        for each in group:
            masked = _masked(line, each, group) if several else ""
            role = _role_in(masked, commissioner=commissioner) if several else None
            apart = several and masked in _APART
            found.extend(Named(slug, line, each.start - line.start, each, role, apart) for slug in each.slugs)
    return _without_sharers(found)


def _without_sharers(found: list[Named]) -> list[Named]:
    """Without the councils that only the name of a shared trust stands for, where another has its own
    name."""
    alone = {each.slug for each in found if len(each.mention.slugs) == 1}
    return [each for each in found if each.slug in alone or alone.isdisjoint(each.mention.slugs)]


def roles(
    mentions: Iterable[Named],
    *,
    home: str | None = None,
    covers: Collection[str] = (),
    round_up: bool = False,
) -> tuple[CouncilRole, ...]:
    """One role per council, subjects first. `home` is the council whose own page this is.

    A council's own page that does not name it is about that council all the same. In a round-up the councils
    come one after the other, and that one stands in the lead says nothing.
    """
    by_council: dict[str, list[Named]] = defaultdict(list)
    for each in mentions:
        by_council[each.slug].append(each)
    own = _unnamed(by_council, home, covers)
    weights = {
        slug: sum(each.weight(level=round_up) for each in group)
        + (_AT_HOME if slug == home else _COVERED if slug in covers else 0)
        for slug, group in by_council.items()
    }
    subjects = frozenset({own}) if own else _subjects(by_council, weights, home, round_up=round_up)
    settled = [
        CouncilRole(
            slug,
            Role.SUBJECT if slug in subjects else _lesser_role(group),
            _best_line(group, slug in subjects).text,
        )
        for slug, group in by_council.items()
    ]
    order = list(Role)
    settled.sort(key=lambda each: (order.index(each.role), -weights[each.council]))
    return (CouncilRole(own, Role.SUBJECT), *settled) if own else tuple(settled)


def _unnamed(by_council: Mapping[str, list[Named]], home: str | None, covers: Collection[str]) -> str | None:
    """The council whose page this is, or whose paper where only its helpers are named, if it is not named."""
    if home:
        return home if home not in by_council else None
    (own,) = covers if len(covers) == 1 else (None,)
    helpers = by_council and all(
        any(each.role in _HELPERS for each in group) for group in by_council.values()
    )
    return own if helpers and own not in by_council else None


def _role_in(masked: str, *, commissioner: bool) -> Role | None:
    if commissioner and masked in _TAKES_IT_ON:
        return Role.COMMISSIONER
    return next((role for role, words in _ROLES if masked in words), None)


def _masked(line: Line, mention: Mention, group: Iterable[Mention]) -> str:
    masked, done = "", line.start
    for each in group:
        masked += line.low[done - line.start : each.start - line.start] + (
            _THIS if each is mention else _OTHER
        )
        done = each.end
    return masked + line.low[done - line.start :]


def _subjects(
    by_council: Mapping[str, list[Named]],
    weights: Mapping[str, float],
    home: str | None,
    *,
    round_up: bool,
) -> frozenset[str]:
    """The councils that carry the article: at least half the weight of the heaviest that is no helper.

    Where the title or the lead names a council, another that is named only once further down does not
    carry it.
    """
    helpers = {
        slug
        for slug, group in by_council.items()
        if any(each.role in _HELPERS or each.apart for each in group) and slug != home
    }
    others = {slug: weight for slug, weight in weights.items() if slug not in helpers and weight > 0}
    heaviest = max(weights, key=lambda slug: weights[slug], default="")
    if heaviest in helpers and weights[heaviest] > _OVERWHELMING * sum(others.values()):
        return frozenset({heaviest})
    if not others:
        if home:
            return frozenset({home})
        return frozenset(by_council) if len(by_council) == 1 else frozenset()
    line = max(others.values()) * _CARRIES
    plain = {slug: [each for each in by_council[slug] if each.role is None] for slug in others}
    if round_up:
        return frozenset(slug for slug, weight in others.items() if weight >= line)
    titled = {slug for slug, group in plain.items() if any(each.line.place == "title" for each in group)}
    return frozenset(
        slug
        for slug, weight in others.items()
        if weight >= line
        and (slug in titled or len(plain[slug]) > 1 or not (titled or _in_passing(slug, plain)))
    )


def _in_passing(slug: str, plain: Mapping[str, list[Named]]) -> bool:
    """Whether a council is named further down only, and another on top or more often."""
    if any(each.line.place != "body" for each in plain[slug]):
        return False
    return any(len(group) > 1 or group[0].line.place != "body" for group in plain.values() if group)


def _lesser_role(group: list[Named]) -> Role:
    """The role said most often; ties go to the more telling one."""
    said = [each.role for each in group if each.role is not None]
    if not said:
        return Role.COMPARED if any(_masked_alone(each) in _GRADED for each in group) else Role.MENTIONED
    order = list(Role)
    return max(set(said), key=lambda role: (said.count(role), -order.index(role)))


def _best_line(group: list[Named], subject: bool) -> Line:
    fitting = [each for each in group if (each.role is None) == subject] or group
    return fitting[0].line


def _masked_alone(named: Named) -> str:
    return _masked(named.line, named.mention, [named.mention])
