"""The front door of Presswatch: configuration, composition, the clock and the command line."""

__version__ = "0.1.0"
