"""The addresses of 延时服务, of the leaders of windows and of numbers outside the hours that take something in."""

EXTENDING = (
    "extensions/",
    "extensions/new/",
    "extensions/declined/",
    "extensions/checks/",
    "extensions/figures/",
    "extensions/calls/new/",
    "extensions/calls/<str:number>/<int:pk>/",
    "extensions/<str:number>/file/",
    "extensions/<str:number>/do/<slug:act>/",
    "manage/windows/<int:pk>/leader/",
    "helping/number/",
    "hall/n/<str:code>/extend/",
    "hall/kiosk/extend/",
)
COMPLAINING = (
    "complain/bookings/<str:number>/",
    "complain/numbers/<str:code>/",
    "complaints/",
    "complaints/new/",
    "complaints/record/",
    "complaints/<str:number>/settle/",
)
ACTS = ("end", "leave", "handler", "sign", "serve", "file")
