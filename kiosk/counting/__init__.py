"""How the Friday jar is counted: pure, exact, and so that anybody can count it again.

`election` is what was voted on, `equal_shares` counts it and says why, `pabulib` reads and writes it as a file that
public tools read too. docs/counting.md tells it to people.
"""
