"""Who stands here and what they have begun: pure, and forgotten when they leave.

`hearing.hear` turns a device's signal into something heard; `step.step` takes the visit one step further.
"""
