"""Who can be signed in as, in the exercise. Everybody knows these passwords: never in production."""

from dataclasses import dataclass

from samsyn.parties.models import Title

PASSWORD = "ovning-med-trygghet"  # noqa: S105


@dataclass(frozen=True)
class Person:
    email: str
    name: str
    title: Title
    party: str  # municipality or police
    said: str


PEOPLE = (
    Person("samordnare@alvhamra.example", "Åsa Lindmark", Title.COORDINATOR, "municipality", "samordnare"),
    Person("kommunpolis@alvhamra.example", "Erik Norrvik", Title.KOMMUNPOLIS, "police", "kommunpolis"),
    Person("ordforande@alvhamra.example", "Karin Öhrn", Title.CHAIR, "municipality", "rådets ordförande"),
    Person("chef@alvhamra.example", "Mats Älvelid", Title.AREA_CHIEF, "police", "chef för lokalpolisområdet"),
    Person(
        "sekreterare@alvhamra.example",
        "Lena Furuhed",
        Title.BOARD_SECRETARY,
        "municipality",
        "nämndsekreterare",
    ),
    Person("analytiker@alvhamra.example", "Jonas Strömbäck", Title.ANALYST, "municipality", "analytiker"),
    Person("gatuchef@alvhamra.example", "Birgit Sandmo", Title.MEASURE_OWNER, "municipality", "åtgärdsägare"),
    Person("revisor@alvhamra.example", "Ove Grandal", Title.AUDITOR, "municipality", "revisor"),
    Person("it@alvhamra.example", "Sofia Kvarnlid", Title.ADMINISTRATOR, "municipality", "administratör"),
    Person("samordnare@umea.example", "Samordnare i Umeå", Title.COORDINATOR, "umea", "samordnare, Umeå"),
    Person(
        "kommunpolis@umea.example",
        "Kommunpolis i Umeå",
        Title.KOMMUNPOLIS,
        "umea-police",
        "kommunpolis, Umeå",
    ),
    Person("ordforande@umea.example", "Ordförande i Umeå", Title.CHAIR, "umea", "rådets ordförande, Umeå"),
    Person(
        "sekreterare@umea.example",
        "Sekreterare i Umeå",
        Title.BOARD_SECRETARY,
        "umea",
        "nämndsekreterare, Umeå",
    ),
    Person("chef@umea.example", "Chef i Umeå", Title.AREA_CHIEF, "umea-police", "chef för LPO, Umeå"),
)


def sign_ins() -> list[tuple[str, str, str]]:
    """Title, address and password, in the order of the thread."""
    return [(one.said, one.email, PASSWORD) for one in PEOPLE]
