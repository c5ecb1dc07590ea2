"""The nouns and the rules of Presswatch: pure functions, no I/O, no clock.

Words, in the order in which a piece of news meets them:

source      a place that is watched (a press page, a feed, an inspectorate's page of reports)
lead        what a source shows of one item: an address, a headline, a date as printed
page        the bytes behind an address
article     what a page says: title, text, dates, outlet
assessment  what the desk makes of an article: relevant or not, which councils, what happened, and why
judgement   a grade given to a council for one area at one date
visit       inspectors on site; a visit carries no grade
story       one event, with every article that reports it
digest      what one subscription is told on one local date
delivery    one message to one recipient
"""
