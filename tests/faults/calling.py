"""取号叫号的表单: at which addresses does somebody type something about lines, zones, windows and numbers?"""

CALLING = (
    "manage/windows/halls/<int:hall>/lines/new/",
    "manage/windows/lines/<int:line>/",
    "manage/windows/halls/<int:hall>/zones/",
    "manage/windows/<int:window>/arrange/",
    "counter/queue/<slug:name>/",
    "manage/windows/zones/<int:zone>/close/",
    "manage/windows/lines/<int:line>/close/",
)
