"""The state and the visit as the plain words and numbers that a screen shows. Pure.

`contents.face` makes what is shown; which view shows which place stands there.
"""
