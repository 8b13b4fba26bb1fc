"""What the tests of reports share."""

from typing import Any

import pytest

from tests.builders import CUSTODY, answers_of
from visitapp.services import Services


@pytest.fixture
def values(furnished: Services) -> dict[str, Any]:
    """The least that a report needs, by names and words."""
    form = furnished.forms.form(CUSTODY)
    return {
        "site": "northgate",
        "date": "8/4/2025",
        "visitors": ["Anne Example", "ben sample"],
        "arrived": "14:00",
        "admitted": "14:03",
        "left": "3pm",
        "present": 6,
        "counts": [
            {"outcome": "SEEN", "number": 4},
            {"outcome": "unavail", "number": 2, "reason": "interview"},
        ],
        "answers": answers_of(form),
        "confirmations": [{"typed_name": "Anne Example"}, {"typed_name": "Ben Sample"}],
    }
