import xml.etree.ElementTree as ET

from samsyn.graphics.cards import card
from samsyn.graphics.rows import RowOfPlace, rows

SVG = "{http://www.w3.org/2000/svg}"
PLACES = [
    RowOfPlace("Ek & Fur", 30, "30", low=20, high=40, marked=True),
    RowOfPlace("Gran", 10, "10", low=5, high=20),
]


def drawn() -> str:
    return rows(
        PLACES,
        width=760,
        ident="f1",
        title="Stöld",
        alt="Två",
        reference=20,
        reference_said="alla tillsammans",
    )


def test_each_place_has_its_name_number_and_interval_on_one_scale() -> None:
    drawing = ET.fromstring(drawn())

    texts = [one.text for one in drawing.iter(f"{SVG}text")]
    assert texts == ["alla tillsammans", "Ek & Fur", "30", "Gran", "10"]
    _axis, together, first, second = drawing.iter(f"{SVG}line")
    at = float(together.attrib["x1"])  # 20 on the scale, where the first interval begins and the second ends
    assert float(first.attrib["x1"]) == float(second.attrib["x2"]) == at
    assert len(list(drawing.iter(f"{SVG}polygon"))) == len(list(drawing.iter(f"{SVG}circle"))) == 1


def test_a_drawing_that_leaves_has_its_words_above_and_below_it() -> None:
    whole = ET.fromstring(card(drawn(), heading="Fler i Ek <och> Fur", lines=["Källa: Brå"], alt="Två"))

    assert [one.text for one in whole.findall(f"{SVG}text")] == ["Fler i Ek <och> Fur", "Källa: Brå"]
    heading, source = (float(one.attrib["y"]) for one in whole.findall(f"{SVG}text"))
    inner = whole.find(f"{SVG}svg")
    assert inner is not None and inner.find(f"{SVG}title") is None
    assert heading < float(inner.attrib["y"])
    assert float(inner.attrib["y"]) + float(inner.attrib["height"]) < source < float(whole.attrib["height"])
