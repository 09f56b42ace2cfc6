"""区域的说法: is a part of a hall called as the text of the place calls it?"""

from types import SimpleNamespace
from typing import Any

import pytest

from onewindow.places.reads import kinds_of_zone
from tests.cast import at


@pytest.mark.parametrize(
    ("place", "kind", "word"),
    [
        ("hedong", "issue", "统一发证区"),
        ("hedong", "waiting", "办事等候区"),
        ("hedong", "self_service", "自助便民服务区"),
        ("jining", "issue", "发件中心"),
        ("luoshan", "issue", "统一出件区"),
        ("fangcheng", "issue", "统一出件区"),
        ("zhanhe", "issue", "统一出件区"),
    ],
)
def test_a_zone_is_called_as_the_text_of_the_place_calls_it(place: str, kind: str, word: str) -> None:
    county: Any = SimpleNamespace(pack=place, settings={})
    assert dict(kinds_of_zone(county, at(9, 24).date()))[kind] == word
