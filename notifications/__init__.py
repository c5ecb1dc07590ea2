"""What readers get: a digest rendered as text and HTML, written as one mail, handed to a channel.

view       a digest in plain words, as the templates get it
render     the view through the templates, within the size that mail clients show whole
envelope   who it is from and to, with an identity that stays the same on every try
mime       the bytes of the mail, and the proof that they say what was meant
channels   ways out of the house: SMTP, or a folder that only writes the mail down
"""
