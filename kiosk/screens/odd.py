"""Odd words, for samples: as long as they may be, and in another script."""

LONG_NAME = "Konstantinopolitanischer"
"""24 letters, as many as a handle may have."""

LONG_WORDS = (
    "A letter to the Straßenverkehrsgenehmigungsbehörde, four pages, Polish to German, and somebody who reads "
    "it to me twice"
)
ARABIC = "سارة"

COMPOUND = (
    "Eine neue Straßenverkehrsgenehmigungsbehördenformularübersetzung für die Wäscherei in der Kanalstraße und den "
    "Hof danebe"
)
"""A title of 120 letters, more than half of them one word."""

LONG_QUESTION = (
    "Shall we close at four on the day before a holiday and open at seven on the day after it, for a month, and "
    "then look?"
)
"""As long as a question may be: 120 letters."""
