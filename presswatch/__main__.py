"""`python -m presswatch` is the same as `presswatch`."""

from presswatch.cli import main

main()
