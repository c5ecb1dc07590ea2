"""How digests and alerts look and read in a browser: axe-core's findings, and pictures to look at."""
