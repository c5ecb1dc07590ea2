"""Where the recorded real material lies: beside the checkout, or where PRESSWATCH_RECORDED says."""

import os
from pathlib import Path

import pytest

RECORDED = Path(
    os.environ.get("PRESSWATCH_RECORDED") or Path(__file__).parents[2] / "shared" / "recorded"
).resolve()

needs_recorded = pytest.mark.skipif(
    not RECORDED.is_dir(), reason=f"the recorded material is not here ({RECORDED}); set PRESSWATCH_RECORDED"
)
