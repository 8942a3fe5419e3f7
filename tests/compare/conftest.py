"""How many examples the properties are tried on: few in CI, 2,000 by hand."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "smartplan",
    max_examples=int(os.environ.get("SMARTPLAN_EXAMPLES", "40")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("smartplan")
