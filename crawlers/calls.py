"""Lines that stand in the text of British papers, trade titles and newsrooms and are no part of any article.

They speak to the reader, not of the news. A pattern matches a whole line or nothing (a credit: its end), and
those that a sentence of the news could match take no line with quotation marks: what was said is kept.
"""

from crawlers.patterns import any_of

_NETWORK = (
    r"(?:whatsapp|facebook|instagram|twitter|bluesky|tiktok|threads|linkedin|google news|bbc sounds|x)\b"
)
_POST = r"(?:newsletters?|bulletins?|inbox|e-?mails?|e-?mailed|alerts?|notifications?)\b"

CREDIT = any_of(  # at the end of a short line: whose picture it is
    r"\b(?:picture|pic|image|photo|photograph|credit)s?(?: credit| by)?: ?[^.]{2,60}\.?\)?$",
    r"\((?:pic|image|photo)s?: ?[^.]{2,60}\.?\)?$",
    r"^image (?:source|caption), .{2,}$",
)
CALL = any_of(  # calls the reader elsewhere
    r"(?:read (?:more|also|next)|more (?:on this(?: story)?|news)|see also|don.t miss) ?[:>»-].*",
    r"(?:related(?: (?:stories|articles|content|news|topics))?|recommended|trending|most read) ?[:>»-].*",
    r"read more|related (?:stories|articles|content|news|topics)|more on this story|most read",
    r"you (?:may|might) also like:?",
    rf"(?:follow|join|find|like us)\b[^.“\"]{{0,60}}\bon (?:our )?{_NETWORK}.*",
    rf"(?:follow|join)\b[^.“\"]{{0,60}}\b{_NETWORK} (?:community|channel|group)\b.*",
    rf"(?:please )?(?:sign up|subscribe|register)\b[^“\"]{{0,100}}\b{_POST}.*",
    r"(?:we )?use your (?:sign-?up|details)\b.*",
    rf"(?:get|want|receive|try|enjoy)\b[^.“\"]{{0,100}}\b{_POST}.*",
    rf"[^.“\"]{{0,60}}\b(?:sign up|subscribe) (?:to|for) (?:our|the)\b[^“\"]{{0,60}}\b{_POST}.*",
    r"(?:thanks|thank you) for (?:signing up|subscribing|registering|visiting|reading)\b[^“\"]*",
    r"(?:sorry, )?(?:there (?:seems?|was|were)|something (?:went|has gone))\b.{0,60}\btry again\b.*",
    r"(?:submitting|loading|learn more|find out more|continue reading|story saved|story continues below)\W*",
    r"like this: .*|visit \S{1,20} now|click here(?: to| for)\b.{0,80}",
    r"(?:watch|see|listen to) (?:more of )?our (?:videos?|podcasts?|gallery|galleries)\b.*",
    r"(?:advertisement|advertising|sponsored(?: content)?|promoted(?: content| stories)?)",
    r"share(?: this(?: (?:page|article|story))?)?|follow us on .*|back to top|print this page|story tags",
    r"this (?:article|story) (?:was|is|has been) (?:written|reported|produced) by .{1,6}local democracy\b.*",
    r"the local democracy reporting service(?: \(ldrs\))? is (?:a|an|funded|run|part)\b.*",
)
RULE = any_of(  # house rules and legal text
    r"(?:we|this (?:site|website)) uses? (?:some |essential )*cookies\b.*|(?:accept|manage)(?: all)? cookies",
    r"cookie (?:policy|settings|preferences)|cookies are small files\b.*",
    r"comments? (?:are (?:now )?closed|have been disabled).*|(?:our )?(?:rules|guidelines) on comments.*",
    r"comments?(?:: our rules| guidelines| policy| ?\| ?\d+)?|\d+ (?:comments?|replies|responses? to .*)",
    r"[^“\"]*\bindependent press standards organisation\b[^“\"]*",
    r"last (?:updated|modified|reviewed)(?: on|:)? .{4,40}",
)
INVITATION = any_of(  # asks the reader for something
    r"(?:send|e-?mail|write) (?:us )?your (?:letters?|views|comments|story ideas|stories|pictures)\b.*",
    r"letters? to the editor\b.*|get in touch|a message from (?:the|our) editor:?",
    r"(?:have your say|what do you think|let us know|tell us)\b[^.“\"]{0,120}"
    r"(?:comments?|below|letters?|e-?mail|stories|poll|series|caseload)\b.*",
    r"(?:do you have|have you got|got) a (?:story|tip|news tip)\b.*",
    r"(?:e-?mail|contact|call) (?:our|the) (?:newsdesk|news desk|news team|reporter)\b.*",
    r"(?:media|press) (?:contacts?|enquir(?:y|ies)|office)\W*",
    r"(?:press|media|communications) (?:office|team|contact)\b[^“\"]{0,40}\d{4,}[^“\"]*",
    r"(?=.*\bplease consider\b)(?=.*\b(?:subscri|donat|support))[^“\"]+",
    r"(?=.*\bsubscri\w+)(?=.*(?:\bunlimited\b|£\d|free trial|fewer adverts|\bad-light|rewards|full access))"
    r"(?=.*\b(?:you|your|subscribe (?:here|now|today))\b)[^“\"]{0,400}",
    r"[^“\"]{0,80}\byou can unsubscribe at any time\b.*",
)
OFFER = any_of(  # sells the rest of the article
    r".{0,40}\b(?:digital|print|magazine|online|premium)\b.{0,20}\b(?:membership|subscription|subscribe)\b.{0,40}",
    r"(?:from|just|only) £\d+(?:\.\d\d)? ?(?:/|per|a) ?(?:month|year|week|issue)\b.*",
    r"subscribe(?: (?:now|today|here))?|already (?:a|have an?) (?:member|subscriber|account)\b.*",
    r"already (?:registered|subscribed)\b.*|(?:become|join as) a (?:member|subscriber)\b.*",
    r"(?:register|sign in|log in|subscribe)(?: now)? to (?:continue|read)\b.*",
    r".{0,30}\bto continue reading\b.*",
    r"(?:unlimited|full) access to .*",
)
AWAY = any_of(  # whole headings of boxes that hold other stories
    r"(?:read |see )?more (?:on this|from|in|like this|news|stories|articles)\b.*",
    r"(?:what to )?read (?:more|next|also)\b.*",
    r"(?:related|recommended|latest|trending|popular|top|other|similar|must[- ]read)\b.{0,20}"
    r"\b(?:stor(?:y|ies)|articles?|news|posts?|reads?|content|headlines|topics|links)",
    r"related|recommended(?: for you)?|trending(?: now)?|don.t miss.{0,20}|in other news|up next",
    r"most (?:read|popular|viewed|commented|recent)\b.{0,20}",
    r"you (?:may|might) (?:also )?(?:like|enjoy|be interested in).{0,20}",
    r"also (?:in|on) (?:the )?news|elsewhere on .*|around the web|from (?:our partners|around the web)",
)
