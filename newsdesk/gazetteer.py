"""The councils and their names: who is named where in a text.

A name counts in one of two strengths. A *strong* form can only be the council ("Reading Borough Council",
"Leeds children's services"). A *bare* form is the place ("Leeds"); some of these are ordinary words, surnames
or other places too ("Reading", "Bury", "Kingston") and count only where a strong form of the same council, or
the outlet's own patch, stands beside them.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import ahocorasick

from newsdesk.phrases import folded, listed

# What a council calls itself, and what papers call it wrongly ("Herefordshire County Council").
_BODIES = (
    "council",
    "borough council",
    "city council",
    "county council",
    "county borough council",
    "metropolitan borough council",
    "metropolitan district council",
    "district council",
    "city and county council",
    "unitary council",
    "mbc",
    "corporation",
    "local authority",
)
_SERVICES = (
    "children's services",
    "childrens services",
    "children's social care",
    "children's services department",
    "children and families services",
    "children, young people and families",
    "city council children's services",
    "safeguarding children partnership",
    "safeguarding children board",
    "local area partnership",
)
_BEFORE = (
    "london borough of",
    "royal borough of",
    "metropolitan borough of",
    "county of",
    "borough of",
    "city of",
)

_INSTITUTIONS = """
    Police; Constabulary; Fire; Ambulance; Crown Court; Magistrates'?; Coroner; Prison; University; College
    School; Academy; Academies; Hospitals?; Infirmary; NHS; ICB; ICS; Healthcare; Integrated Care
    Cathedral; Minster; Airport; Combined Authority; Chamber of Commerce; Green Party; Labour Party
    Conservatives
    """
_NEWSPAPERS = """
    Live; Online; News; Post; Echo; Mail; Star; Times; Gazette; Chronicle; Advertiser; Herald; Telegraph
    Mercury; Standard; Guardian; Express; Observer; Journal; Argus; Examiner; World; Free Press
    Evening; Today
    """
_CLUBS = """
    FC; AFC; RFC; CCC; United; Rovers; Wanderers; Athletic; Albion; Argyle; Town; Utd; Orient; Rhinos
    Warriors; Trophy; Racecourse; Marathon; Festival
    """


def _any(words: str) -> str:
    return f"(?:{'|'.join(listed(words))})"


# The place's name, but not the council's: "Kent Police", "Leeds East Academy", "Hull and Goole Hospital".
_BETWEEN = r"(?:,?[ ](?:and|of|&|[A-Z][\w']+)){0,4}?"
_INSTITUTION = re.compile(rf"{_BETWEEN},?[ ]{_any(_INSTITUTIONS)}\b")
_NEWSPAPER = re.compile(rf"[ ]{_any(_NEWSPAPERS)}\b")
_CLUB = re.compile(
    rf"[ ](?:{_any(_CLUBS)}|(?:County|City)(?!\s(?:Centre|Hall|Region|Safeguarding|[Cc]hildren|Local"
    rf"|Mayor)))\b"
)
_OTHER_PLACE = re.compile(
    r"[ ](?:Street|Road|Lane|Avenue|Park|Bridge|Coldfield|Bay|Moors|St\.?\sEdmunds)\b"
    r"|[ ](?:[Ff]amily|[Cc]ommunity|[Hh]ealth|[Mm]edical|[Ll]eisure|[Ss]hopping)[ ](?:[Cc]entre|[Hh]ub)\b"
    r"|-under-|-on-Sea|-in-|\sunder\s"
)
_NOT_AFTER = (_INSTITUTION, _NEWSPAPER, _CLUB, _OTHER_PLACE)
_NOT_BEFORE = re.compile(
    r"(?:\b(?:North|South|East|West|Mid|Central|Greater|Upper|Lower|NHS|HMP|HMS|Royal|University\sof"
    r"|(?:Arch)?[Bb]ishop\sof|Duke\sof|Duchess\sof|Earl\sof|Diocese\sof|Battle\sof)"
    r"|\b(?:Cllr|Councillor|Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Sir|Dame|Lord|Lady|Judge)\.?(?:\s[A-Z][\w'-]+)?)[\s-]$"
)
# "East Suffolk Council" is a district inside Suffolk, and has no children's services.
_DISTRICT = re.compile(r"\b(?:North|South|East|West|Mid|Central|Upper)[\s-]$")
_LOOK_AROUND = 60  # characters
_NO_COUNCILS = ("New York", "Greater Manchester", "Greater London")  # longer names that hold a council's


@dataclass(frozen=True, slots=True)
class Council:
    """One of the authorities responsible for children's services in England.

    `urn` is Ofsted's number for it. `ambiguous` lists the bare forms that need company. A trust runs the
    services in the council's name, until `trust_end`; the council stays the one that is judged.
    """

    slug: str
    name: str
    official_name: str
    urn: str
    region: str
    domain: str
    aliases: tuple[str, ...] = ()
    ambiguous: frozenset[str] = frozenset()
    trust: str | None = None
    trust_end: str | None = None

    @classmethod
    def of(cls, row: Mapping[str, str]) -> "Council":
        """From a row of councils.csv; lists in a cell are separated by semicolons."""

        def cell(key: str) -> tuple[str, ...]:
            return tuple(each.strip() for each in row.get(key, "").split(";") if each.strip())

        return cls(
            slug=row["slug"],
            name=row["name"],
            official_name=row["official_name"],
            urn=row["urn"],
            region=row["region"],
            domain=row["domain"],
            aliases=cell("aliases"),
            ambiguous=frozenset(cell("ambiguous")),
            trust=row.get("trust") or None,
            trust_end=row.get("trust_end") or None,
        )


@dataclass(frozen=True, slots=True)
class Mention:
    """A council named in a text, from `start` to `end`. `slugs` has several only for a name that they
    share."""

    start: int
    end: int
    slugs: tuple[str, ...]
    strong: bool
    text: str


@dataclass(frozen=True, slots=True)
class _Form:
    slugs: tuple[str, ...]
    strong: bool
    ambiguous: bool
    length: int


class Gazetteer:
    """All councils, and one automaton over all their names."""

    def __init__(self, councils: Iterable[Council]) -> None:
        self.councils: Mapping[str, Council] = {each.slug: each for each in councils}
        self._forms = self._collect()
        self._automaton = ahocorasick.Automaton()
        for name, form in self._forms.items():
            self._automaton.add_word(name, form)
        self._automaton.make_automaton()

    @cached_property
    def by_urn(self) -> Mapping[str, Council]:
        return {each.urn: each for each in self.councils.values()}

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Display name by slug."""
        return {slug: each.name for slug, each in self.councils.items()}

    @cached_property
    def trusts(self) -> Mapping[str, str]:
        """The trusts that run a council's services now, by the council's slug."""
        return {slug: each.trust for slug, each in self.councils.items() if each.trust and not each.trust_end}

    def named(self, name: str) -> str | None:
        """The slug of a council called exactly this, in any of its forms."""
        form = self._forms.get(" ".join(folded(name).split()))
        return form.slugs[0] if form and len(form.slugs) == 1 else None

    def find(self, text: str, *, nearby: Collection[str] = ()) -> list[Mention]:
        """Every mention, left to right, the longest name winning where names overlap.

        `nearby` are councils whose ambiguous bare names may count: the outlet's own patch.
        """
        mentions = [each for each in self._longest(text) if each[2].slugs and self._is_the_place(text, *each)]
        company = set(nearby).union(
            slug for _, _, form in mentions if form.strong or not form.ambiguous for slug in form.slugs
        )
        return [
            Mention(start, end, form.slugs, form.strong, text[start:end])
            for start, end, form in mentions
            if form.strong or not form.ambiguous or company.intersection(form.slugs)
        ]

    def _longest(self, text: str) -> list[tuple[int, int, _Form]]:
        low = folded(text)
        found: list[tuple[int, int, _Form]] = []
        for last, form in self._automaton.iter(low):
            start, end = last + 1 - form.length, last + 1
            if (start and low[start - 1].isalnum()) or (end < len(low) and low[end].isalnum()):
                continue
            found.append((start, end, form))
        found.sort(key=lambda each: (each[0], -each[1]))
        kept: list[tuple[int, int, _Form]] = []
        for each in found:
            if not kept or each[0] >= kept[-1][1]:
                kept.append(each)
        return kept

    @staticmethod
    def _is_the_place(text: str, start: int, end: int, form: _Form) -> bool:
        before = text[max(0, start - _LOOK_AROUND) : start]
        if form.strong:
            return any(each.isupper() for each in text[start:end]) and not _DISTRICT.search(before)
        if not text[start].isupper() or _NOT_BEFORE.search(before):
            return False
        after = text[end : end + _LOOK_AROUND]
        return not any(each.match(after) for each in _NOT_AFTER)

    def _collect(self) -> dict[str, _Form]:
        forms: dict[str, _Form] = {}
        trusts, called = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
        for council in self.councils.values():
            if council.trust:
                trusts[council.trust].append(council.slug)
            for name in (council.name, *council.aliases):
                called[name].append(council.slug)
        ambiguous = {name for each in self.councils.values() for name in each.ambiguous}
        for name, slugs in called.items():
            self._add(forms, name, tuple(slugs), strong=False, ambiguous=name in ambiguous)
            for spelt in _spellings(name):
                for each in _strong_forms(spelt):
                    self._add(forms, each, tuple(slugs), strong=True)
        for council in self.councils.values():
            self._add(forms, council.official_name, (council.slug,), strong=True)
        for trust, slugs in trusts.items():
            self._add(forms, trust, tuple(slugs), strong=True)
        for name in _NO_COUNCILS:
            self._add(forms, name, (), strong=False)
        return forms

    @staticmethod
    def _add(
        forms: dict[str, _Form], name: str, slugs: tuple[str, ...], *, strong: bool, ambiguous: bool = False
    ) -> None:
        for spelt in _spellings(name):
            low = folded(spelt)
            known = forms.get(low)
            if known is None or (strong and not known.strong):
                forms[low] = _Form(slugs, strong, ambiguous, len(low))


def _spellings(name: str) -> Sequence[str]:
    """ "Brighton & Hove" and "Brighton and Hove"; "Southend-on-Sea" and "Southend on Sea"."""
    spelt = {name, name.replace(" & ", " and "), name.replace(" and ", " & ")}
    spelt |= {each.replace("-on-", " on ").replace("-upon-", " upon ") for each in spelt}
    spelt |= {each.replace(" upon ", "-upon-") for each in spelt}
    return sorted(spelt)


def _strong_forms(name: str) -> Iterable[str]:
    for body in _BODIES:
        yield f"{name} {body}"
    for service in _SERVICES:
        yield f"{name} {service}"
        yield f"{name}'s {service}"
    for before in _BEFORE:
        yield f"{before} {name}"
        yield f"{before} {name} council"
