"""The configuration file that `presswatch init` writes: every value, with what it is for."""

STARTER = """\
# Presswatch: what to watch, where to keep it, whom to tell.
# Environment variables win over this file: PRESSWATCH_DATABASE, PRESSWATCH_CONTACT, PRESSWATCH_SMTP_HOST,
# _PORT, _SECURITY, _USERNAME, _PASSWORD; with _FILE at the end (PRESSWATCH_SMTP_PASSWORD_FILE) they name a
# file that holds the value.

# Where everything is kept: "sqlite:///presswatch.db" (a file beside this one) or
# "postgresql://user@host/name" when a team outgrows it.
database = "sqlite:///presswatch.db"

# Whom a website's owner can write to about our visits: a web page ("https://...") or a mail address.
# It is part of the name with which we knock; without it nothing is crawled.
contact = ""

# The sources to watch: names, and sets: "council:leeds", "region:West Midlands", "national", "own" (those
# that you declare) and "starter". Empty means "starter" and "own": a few to begin with, and your own.
# `presswatch sources enable --council leeds --national` adds to it.
sources = []

# Your own source declarations (TOML files as in docs/adding-a-source.md) lie in this folder.
sources_folder = "sources"

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

# One block for each digest. councils are slugs (`presswatch stories --json` shows them), events are kinds
# such as "monitoring-visit"; leave them out for all. at is local time in London.
#
# [[subscription]]
# name = "herefordshire"
# recipients = ["director@example.org"]
# councils = ["herefordshire", "leeds"]
# events = ["inspection", "monitoring-visit", "direction"]
# weekdays = ["mon", "tue", "wed", "thu", "fri"]
# at = "07:00"
# send_empty = false
"""
