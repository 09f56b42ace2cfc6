"""大厅的网址: the screens that people in a hall see and touch, and the pages of machines and of those who guide."""

from django.urls import path

from onewindow.web.views import devices, helping
from onewindow.web.views.hall import display, kiosk, kiosk_booking, pad, phone, scan, venue

urlpatterns = [
    path("hall/", venue.halls, name="halls"),
    path("hall/waiting/", venue.waiting, name="hall_waiting"),
    path("hall/<int:pk>/", venue.hall, name="hall_page"),
    path("hall/<int:pk>/now/", venue.hall_now, name="hall_now"),
    path("hall/<int:pk>/take/", scan.scan, name="hall_scan"),
    path("hall/<int:pk>/display/", display.main, name="hall_display"),
    path("hall/<int:pk>/display/now/", display.main_now, name="hall_display_now"),
    path("hall/<int:pk>/voice/<int:ticket>.wav", display.voice, name="hall_voice"),
    path("hall/windows/<int:pk>/", display.window, name="window_display"),
    path("hall/windows/<int:pk>/now/", display.window_now, name="window_display_now"),
    path("hall/n/<str:code>/", phone.number, name="hall_number"),
    path("hall/n/<str:code>/now/", phone.number_now, name="hall_number_now"),
    path("hall/n/<str:code>/rate/", phone.rate, name="hall_rate"),
    path("hall/kiosk/", kiosk.home, name="kiosk"),
    path("hall/kiosk/waiting/", kiosk.now_waiting, name="kiosk_waiting"),
    path("hall/kiosk/shown/", kiosk_booking.shown, name="kiosk_shown"),
    path("hall/kiosk/paper/", kiosk.paper, name="kiosk_paper"),
    path("hall/kiosk/booking/", kiosk_booking.booking, name="kiosk_booking"),
    path("hall/kiosk/booked/", kiosk_booking.booked_here, name="kiosk_booked"),
    path("hall/kiosk/lines/", kiosk.lines, name="kiosk_lines"),
    path("hall/kiosk/lines/<int:line>/", kiosk.who, name="kiosk_who"),
    path("hall/kiosk/take/", kiosk.take_number, name="kiosk_take"),
    path("hall/kiosk/slip/<str:code>/", kiosk.slip, name="kiosk_slip"),
    path("hall/kiosk/help/", kiosk.help_me, name="kiosk_help"),
    path("hall/pad/", pad.pad, name="pad"),
    path("hall/pad/now/", pad.pad_now, name="pad_now"),
    path("hall/pad/rate/", pad.rate, name="pad_rate"),
    path("helping/", helping.helping, name="helping"),
    path("helping/now/", helping.helping_now, name="helping_now"),
    path("helping/calls/<int:pk>/", helping.answer, name="helping_answer"),
    path("helping/devices/<int:pk>/fault/", helping.fault, name="device_fault"),
    path("helping/notices/new/", helping.post, name="new_notice"),
    path("helping/notices/<int:pk>/down/", helping.take_down, name="notice_down"),
    path("manage/devices/", devices.devices, name="devices"),
    path("manage/devices/halls/<int:pk>/new/", devices.add, name="new_device"),
    path("manage/devices/<int:pk>/", devices.change, name="change_device"),
    path("manage/devices/<int:pk>/register/", devices.register, name="register_device"),
    path("manage/devices/<int:pk>/release/", devices.release, name="release_device"),
    path("manage/devices/<int:pk>/retire/", devices.retire, name="retire_device"),
    path("manage/devices/<int:pk>/mend/", devices.mend, name="mend_device"),
]
