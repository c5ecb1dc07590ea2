"""The configuration file that `presswatch init` writes: every value, with what it is for."""

STARTER = """\
# Presswatch: what to watch, where to keep it, whom to tell.
# Environment variables win over this file: PRESSWATCH_DATABASE, PRESSWATCH_CONTACT, PRESSWATCH_HTTP_HOST,
# _PORT, PRESSWATCH_SMTP_HOST, _PORT, _SECURITY, _USERNAME, _PASSWORD; with _FILE at the end
# (PRESSWATCH_SMTP_PASSWORD_FILE) they name a file that holds the value.

# Where everything is kept: "sqlite:///presswatch.db" (a file beside this one) or
# "postgresql://user@host/name" when a team outgrows it.
database = "sqlite:///presswatch.db"

# Whom a website's owner can write to about our visits: a web page ("https://...") or a mail address.
# It is part of the name with which we knock; without it nothing is crawled.
contact = ""

# Who is told by mail what needs a person: a source that broke, a digest that is late. At most five mails in
# seven days. Empty: nobody; `presswatch status` shows the same.
operator = ""

# The address at which readers reach this installation, through your own web server: "https://news.example.org".
# With it they confirm, change and end what they asked for themselves; without it you do it for them.
public = ""

# The sources to watch: names, and sets: "council:leeds", "region:West Midlands", "national", "own" (those
# that you declare) and "starter". Empty means "starter" and "own": a few to begin with, and your own.
# `presswatch sources enable --council leeds --national` adds to it.
sources = []

# Your own source declarations (TOML files as in docs/adding-a-source.md) lie in this folder.
sources_folder = "sources"

# Your own topics (docs/adding-a-topic.md): TOML files beside this one. What any of them wants is kept.
topics = []

# Where mails are written as .eml files while no mail relay is set below.
outbox = "outbox"

[digest]
# The sender every digest bears, and where "unsubscribe" leads (a mailto: or https: address).
sender = "Presswatch <presswatch@localhost.invalid>"
unsubscribe = ""

[smtp]
# The mail relay. security is "starttls", "tls" or "none". Better put the password into a file and name it
# in PRESSWATCH_SMTP_PASSWORD_FILE.
host = ""
port = 587
security = "starttls"
username = ""
password = ""
# How many connections at once, and how many mails a minute at most (0: any number).
connections = 4
per_minute = 0

# What cannot be delivered comes back to this address ("+" and a token before its "@", one for each mail), and
# is read from a Maildir, or by IMAP (host, port, username, password_ref = "file:/run/secrets/imap", folder).
# An address that is no more is then left in peace: `presswatch digest parked`.
# [bounces]
# address = "bounce@example.org"
# maildir = "/var/mail/bounces"

# Only for relays that do not sign themselves. The public key belongs into selector._domainkey.domain.
# [dkim]
# domain = "example.org"
# selector = "presswatch"
# key = "dkim.pem"

# Other ways out, for `presswatch subscriptions add --channel desk`: kind is slack, teams, ntfy, matrix,
# webhook, notify (GOV.UK Notify), apprise or log. Secrets stay outside this file: "env:NAME" or "file:PATH".
# Only public hosts are reached, by https; private = true is for one in your own network, where http will do.
# [channels.desk]
# kind = "slack"
# url_ref = "env:SLACK_WEBHOOK"
# [channels.system]
# kind = "webhook"
# url = "https://intranet.example.org/presswatch"
# secret_ref = "file:/run/secrets/webhook"
# per_minute = 60

[http]
# Where `presswatch serve` answers for those who watch over it: /healthz, /readyz and /metrics. With an empty
# host it answers nowhere.
host = "127.0.0.1"
port = 8787

[cluster]
# How several machines on one PostgreSQL hear of work: by looking for themselves, or by hints in a queue
# ("procrastinate"). See docs/several-machines.md.
engine = ""

[retention]
# For how many days texts of articles, the bytes of mails that have left, and the ledger of visits are kept.
# Titles, facts, and what tells that something is known are kept for ever.
texts = 400
mails = 30
visits = 400

# Who is told what, and when, is in the database: `presswatch subscriptions add --help`.
"""
