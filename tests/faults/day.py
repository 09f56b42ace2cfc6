"""The addresses of the day of a hall that take something in."""

DAY = (
    "day/<int:hall>/measure/",
    "day/windows/<int:window>/plan/",
    "day/windows/<int:window>/open/",
    "day/windows/<int:window>/close/",
    "day/plans/<int:plan>/drop/",
    "day/<int:hall>/caps/new/",
    "day/caps/<int:cap>/approve/",
    "day/caps/<int:cap>/decline/",
    "day/caps/<int:cap>/end/",
)
PAGES = ("", "now/", "hours/", "report/", "report.pdf", "tidal/", "caps/")
