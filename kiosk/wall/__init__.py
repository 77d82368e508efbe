"""The wall as a page for any browser: looks on beside the kiosk, and can do nothing to it.

`outlook` reads the record and makes the same face as the kiosk's own wall; `feed` makes it once and hands it to all
who look on; `site` is what a browser may ask for; `serving` opens the port. `page/` is what the browser runs.
"""
