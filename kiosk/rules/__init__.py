"""What the shop agreed on. A rule is told what was asked and what is, and says what happened, or why not.

Rules are pure: no clock, no file, no device, and on any command an answer. `contents.decide` asks the right one.
"""
