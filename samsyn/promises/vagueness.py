"""Words that make a promise impossible to follow up, pointed out while it is written.

A promise that "strives to, whenever possible" can be neither kept nor broken. Source: the national model of
2016 asks who, what, how often, by when and where.
"""

import re

VAGUE = (
    "eftersträva", "sträva", "försöka", "verka för", "vid behov", "om möjligt", "i möjligaste mån",
    "så långt det går",
    "när tillfälle ges", "vid varje möjligt tillfälle", "arbeta för", "fokusera på", "prioritera", "löpande",
)  # fmt: skip


def vague_words(text: str) -> list[str]:
    """The phrases in the text that nobody can follow up, in the order they stand."""
    plain = text.casefold()
    found = [(match.start(), phrase) for phrase in VAGUE if (match := re.search(rf"\b{phrase}\w*", plain))]
    return [phrase for _, phrase in sorted(found)]


def has_count(text: str) -> bool:
    """Whether it says how many or how often: a digit, or a number in words."""
    words = (
        r"\d|\b(en|ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|varje|varannan|dagligen|one|two|three|every)\b"
    )
    return re.search(words, text.casefold()) is not None
