"""The drawing says what it was given, keeps to its width, and takes any text as text."""

import re
from xml.etree import ElementTree

import pytest

from samsyn.graphics.fishbone import Bone, Rib, fishbone

LONG = (
    "Den som går där ser inte vem som kommer, och ingen svarar för hela vägen mellan bron och centrum. " * 2
)
BONES = [
    Bone("Plats", [Rib("Buskarna skymmer", "certain"), Rib("Ingen röjer dem", "uncertain", depth=1)]),
    Bone("Skydd", [Rib("Få går där sent", "fairly")]),
    Bone("Utsatt", [Rib(LONG, "fairly")]),
    Bone("Tom", []),
]
WIDTHS = (330, 860)


def words(svg: str) -> str:
    return " ".join("".join(ElementTree.fromstring(svg).itertext()).split())


def lines(svg: str) -> str:
    return " ".join(span.text or "" for span in ElementTree.fromstring(svg).iter() if span.text)


@pytest.mark.parametrize("width", WIDTHS)
def test_every_cause_and_every_bone_with_one_is_drawn(width: int) -> None:
    drawn = lines(fishbone("Vägen känns otrygg", BONES, width=width))

    for text in ("Vägen känns otrygg", "Plats", "Buskarna skymmer", "Ingen röjer dem", "Få går där sent"):
        assert text in drawn
    assert "Tom" not in drawn


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_drawn_outside_its_width_and_long_words_are_cut(width: int) -> None:
    svg = fishbone(LONG, [Bone(LONG, [Rib(LONG, "fairly", depth=n) for n in range(4)])] * 6, width=width)

    _x, _y, wide, high = (float(one) for one in re.search(r'viewBox="([^"]+)"', svg)[1].split())  # type: ignore[index]
    corners = [tuple(map(float, one)) for one in re.findall(r"[ML]([\d.-]+) ([\d.-]+)", svg)]
    assert wide == width and all(0 <= x <= wide and 0 <= y <= high for x, y in corners)
    for span in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}tspan"):
        assert float(span.get("x") or 0) + len(span.text or "") * 6 <= width
        assert 0 < float(span.get("y") or 0) <= high
    assert "…" in svg


@pytest.mark.parametrize("width", WIDTHS)
def test_how_certain_is_told_by_the_line_too(width: int) -> None:
    svg = fishbone(
        "Varför", [Bone("Plats", [Rib("Mörkt", "uncertain"), Rib("Tomt", "certain")])], width=width
    )

    assert svg.count('stroke-dasharray="2 4"') == 1 and '"7 4"' not in svg


def test_what_people_wrote_is_text_and_nothing_else() -> None:
    svg = fishbone("<script>alert(1)</script>", [Bone("A & B", [Rib('"><b>x', "new")])], width=860)

    assert "<script" not in svg and "<b>" not in svg
    assert words(svg)


def test_of_nothing_the_problem_alone_is_drawn() -> None:
    for width in WIDTHS:
        assert lines(fishbone("Varför", [], width=width)) == "Varför"
