"""How the law is cited."""


def cited(section: str) -> str:
    """“18 kap. 1 § OSL”, in every language; what is no code, as it is."""
    law, _space, place = section.rpartition(" ")
    chapter, is_ours, paragraph = place.partition(":")
    return f"{chapter} kap. {paragraph} § {law}" if law and is_ours else section
