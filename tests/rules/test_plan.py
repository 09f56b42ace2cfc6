"""The plan of a hall: what lies where, and how one gets there; figures by hand."""

import pytest

from onewindow.rules.plan import Area, Box, fault, floors, spots, way


@pytest.mark.parametrize(
    ("box", "words"),
    [
        (Box(90, 0, 20, 10), "超出"),
        (Box(0, 95, 20, 10), "超出"),
        (Box(-1, 0, 20, 10), "超出"),
        (Box(0, 0, 3, 10), "太小"),
        (Box(40, 0, 30, 30), "和“等候区”重叠"),
        (Box(50, 0, 50, 30), ""),
    ],
)
def test_a_zone_lies_within_its_floor_and_over_no_other(box: Box, words: str) -> None:
    found = fault(box, {"等候区": Box(20, 20, 30, 30)})
    assert words in found
    assert bool(found) == bool(words)


def test_what_nobody_placed_stands_in_rows_of_four_below_the_rest() -> None:
    told = [Area(1, 1, Box(0, 0, 100, 30)), *(Area(key, 1) for key in range(2, 7)), Area(9, 2)]
    found = floors(told)
    assert list(found) == [1, 2]
    assert found[1][2] == Box(0, 30, 25, 16)
    assert found[1][5] == Box(75, 30, 25, 16)
    assert found[1][6] == Box(0, 46, 25, 16)
    assert found[2] == {9: Box(0, 0, 25, 16)}


def test_windows_stand_in_their_zone_from_the_left_and_in_a_second_row_when_there_are_many() -> None:
    box = Box(10, 10, 24, 20)
    assert spots(box, 0) == []
    assert [x for x, _ in spots(box, 2)] == [16.0, 28.0]
    many = spots(box, 6)
    assert len({y for _, y in many}) == 2
    assert all(box.left < x < box.right and box.top < y < box.bottom for x, y in many)


def test_the_way_goes_around_what_one_does_not_walk_through() -> None:
    door, zone = Box(0, 80, 10, 10), Box(0, 0, 10, 10)
    assert way(door, zone) == [(5, 85), (5, 5)]
    wall = Box(0, 40, 50, 10)
    found = way(door, zone, [wall])
    assert found[0] == (5, 85)
    assert found[-1] == (5, 5)
    assert max(x for x, _ in found) == 51  # the first square to the right of the wall
    assert way(door, zone, [Box(0, 40, 100, 10)]) == []
    assert way(None, zone) == [] == way(zone, zone)
