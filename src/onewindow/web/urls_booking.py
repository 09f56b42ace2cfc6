"""预约的网址: the applicant's own bookings, and the pages of the windows and of the duty."""

from django.urls import path

from onewindow.web.views.booking import desk, mine, one, sessions
from onewindow.web.views.emergency import stop

urlpatterns = [
    path("book/<str:address>/", mine.book, name="book"),
    path("my/bookings/", mine.mine, name="my_bookings"),
    path("my/bookings/<str:number>/", mine.one, name="my_booking"),
    path("my/bookings/<str:number>/change/", mine.change, name="my_booking_change"),
    path("my/bookings/<str:number>/cancel/", mine.cancel, name="my_booking_cancel"),
    path("my/bookings/<str:number>/again/", mine.again, name="my_booking_again"),
    path("my/bookings/<str:number>/agree/", mine.agree, name="my_booking_agree"),
    path("my/bookings/<str:number>/calendar.ics", mine.ics, name="my_booking_ics"),
    path("bookings/", desk.bookings, name="bookings"),
    path("bookings/check-in/", desk.check_in, name="booking_check_in"),
    path("bookings/new/", desk.begin, name="booking_begin"),
    path("bookings/new/<str:address>/", desk.new, name="booking_new"),
    path("bookings/gone/", stop.gone, name="bookings_gone"),
    path("bookings/bans/", desk.bans, name="booking_bans"),
    path("bookings/bans/<int:pk>/lift/", sessions.lift, name="booking_lift"),
    path("bookings/forms/", sessions.forms, name="booking_forms"),
    path("bookings/forms/<str:number>/file/", sessions.file, name="booking_file"),
    path("bookings/duties/<int:duty>/", sessions.come, name="duty_sign_on"),
    path("bookings/sessions/", sessions.listing, name="booking_sessions"),
    path("bookings/sessions/<int:pk>/", sessions.sheet, name="booking_session"),
    path("bookings/sessions/<int:pk>/file/", sessions.file_session, name="booking_session_file"),
    path("bookings/sessions/<int:pk>/withdraw/", sessions.withdraw, name="booking_session_withdraw"),
    path("bookings/sessions/<int:pk>/duty/", sessions.duty, name="booking_duty"),
    path("bookings/sessions/<int:pk>/duty/<int:duty>/drop/", sessions.drop, name="booking_duty_drop"),
    path("bookings/sessions/<int:pk>/trouble/", sessions.trouble, name="booking_trouble"),
    path(
        "bookings/sessions/<int:pk>/trouble/<int:trouble>/", sessions.outcome, name="booking_trouble_outcome"
    ),
    path("bookings/<str:number>/", one.show, name="booking"),
    path("bookings/<str:number>/contact/", one.contact, name="booking_contact"),
    path("bookings/<str:number>/form.pdf", one.paper, name="booking_paper"),
    path("bookings/<str:number>/do/<slug:act>/", one.do, name="booking_do"),
]
