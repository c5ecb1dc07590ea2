"""python -m benchmarks.looks FOLDER: every sample mail as HTML, text and pictures, and what axe-core finds.

Needs node, Chromium at /usr/bin/chromium (or CHROMIUM), and `npm install axe-core playwright-core` in FOLDER.
Each mail is read at 360 and 800 px, light and dark, with images and everything remote refused. Exits with 1
when axe finds a violation, a page is wider than its window, or anything remote was asked for.
"""

import subprocess
import sys
from pathlib import Path

from benchmarks.looks.samples import mails


def main() -> int:
    if len(sys.argv) != 2 or not (Path(sys.argv[1]) / "node_modules" / "axe-core").is_dir():
        print(__doc__)
        return 2
    folder = Path(sys.argv[1]).resolve()
    for name, mail in mails().items():
        (folder / f"{name}.html").write_text(mail.html, "utf-8")
        (folder / f"{name}.txt").write_text(mail.text, "utf-8")
        print(f"{name}: {len(mail.html.encode()):,} octets of HTML; {mail.subject}")
    script = Path(__file__).with_name("axe.cjs").read_text("utf-8")
    return subprocess.run(["node", "-e", script, *mails()], cwd=folder, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
