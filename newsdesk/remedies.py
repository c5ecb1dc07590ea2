"""What to do about what is wrong with a source, and how a reader is told of it. By the code of a finding."""

_LOOK = "presswatch sources test {name}"
_WAIT = "Nothing: it is tried again by itself, once a day at least."

_DO = {
    "unreachable": "Open {url} in a browser. If it answers there, ask its owner whether our address is shut "
    "out; if not, wait. If the site is no more, declare its new address or take it off your list.",
    "refused": "Ask the owner of {url} why we are refused, naming the address we knock with; or find another "
    "feed: presswatch sources discover {url}",
    "blocked": "A wall stands before {url}. Ask its owner to let us in, or find another feed: "
    "presswatch sources discover {url}",
    "gone": "The page is no more. Find the new one with presswatch sources discover {url} and declare it.",
    "robots-denied": "robots.txt closes {url} to us, and that is obeyed. Ask its owner, or declare another.",
    "robots-held": _WAIT,
    "address-denied": "The address leads into a closed network: declare another.",
    "too-large": "The list is larger than we read: declare a shorter feed.",
    "moved": "Open {url}, look where it leads, and declare the address that is right.",
    "drifted": "Look at {url}: if the list is there, its selectors or reader no longer fit. " + _LOOK,
    "shrunk": "Look at {url}. If it is right as it is: presswatch sources health {name} --accept",
    "one-page": "Its feed is broken: tell its owner, or declare another feed.",
    "another-list": "Look at {url}. If it is right as it is: presswatch sources health {name} --accept",
    "went-back": "An old copy is served. Tell the owner of {url}, if it does not pass.",
    "dates-gone": "Look where the dates are now and declare options.date. " + _LOOK,
    "dates-ahead": "Tell the owner of {url}: its clock or its dates are wrong.",
    "titles-gone": "Look where the titles are now and declare options.title. " + _LOOK,
    "garbled": "Tell the owner of {url}: it states a character set that it does not use.",
    "ids-rotate": "Find a feed whose addresses stay: presswatch sources discover {url}",
    "silent": "Look at {url}: is there news that we did not see? If so: " + _LOOK,
    "not-modified": "Nothing: from now on it is asked whole.",
}
_ELSE = "Look at {url}. " + _LOOK

_PLAIN = {
    "unreachable": "could not be reached",
    "refused": "did not let us read it",
    "blocked": "did not let us read it",
    "gone": "has taken its news page away",
    "robots-denied": "asks programs not to read it",
    "robots-held": "could not be asked whether we may read it",
    "moved": "has moved to an address we do not know yet",
    "drifted": "has changed its page so that we cannot read it",
    "shrunk": "shows much less than usual",
    "one-page": "shows a broken list",
    "another-list": "shows something else in place of its news",
    "went-back": "shows an old copy of its news",
    "dates-gone": "no longer says when its news is from",
    "dates-ahead": "dates its news in the future",
    "titles-gone": "no longer gives its news titles",
    "garbled": "can only be read with garbled letters",
    "ids-rotate": "changes the addresses of its news all the time",
    "silent": "has shown nothing new for unusually long",
}


def remedy(code: str, *, name: str, url: str) -> str:
    """What somebody can do, with a command where there is one."""
    return _DO.get(code, _ELSE).format(name=name, url=url)


def plainly(code: str) -> str:
    """The same for readers, after the outlet's name."""
    return _PLAIN.get(code, "could not be read")
