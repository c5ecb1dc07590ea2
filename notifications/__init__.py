"""What readers get: a digest rendered as text and HTML, written as one mail, handed to a channel.

*view      digests, alerts, stories, grades and reports in plain words, as the templates get them
render     the press: stories set in type once, printed for each reader within the size that clients show
envelope   who it is from and to, with an identity that stays the same on every try
mime       the bytes of the mail, and the proof that they say what was meant
channels   ways out of the house: SMTP, or a folder that only writes the mail down
"""
