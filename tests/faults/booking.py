"""The addresses of bookings, sessions and opening hours that take something in."""

HIS = (
    "book/<str:address>/",
    "my/bookings/<str:number>/change/",
    "my/bookings/<str:number>/again/",
    "my/bookings/<str:number>/agree/",
    "my/bookings/<str:number>/cancel/",
)
OURS = (
    "bookings/check-in/",
    "bookings/new/<str:address>/",
    "bookings/bans/<int:pk>/lift/",
    "bookings/forms/<str:number>/file/",
    "bookings/duties/<int:duty>/",
    "bookings/sessions/<int:pk>/file/",
    "bookings/sessions/<int:pk>/withdraw/",
    "bookings/sessions/<int:pk>/duty/",
    "bookings/sessions/<int:pk>/duty/<int:duty>/drop/",
    "bookings/sessions/<int:pk>/trouble/",
    "bookings/sessions/<int:pk>/trouble/<int:trouble>/",
    "bookings/<str:number>/contact/",
    "bookings/<str:number>/do/<slug:act>/",
    "manage/windows/halls/<int:pk>/hours/new/",
    "manage/windows/halls/<int:pk>/hours/<int:opening>/end/",
)
ACTS = (
    "cancel",
    "try",
    "abandon",
    "arrive",
    "sign",
    "handler",
    "serve",
    "file",
    "agree",
    "refuse",
    "propose",
    "confirm",
)
BOOKING = (*HIS, *OURS)
