"""设备和导办的表单: at which addresses does somebody type something about machines, notices and calls for help?"""

SCREENS = (
    "manage/devices/halls/<int:hall>/new/",
    "manage/devices/<int:device>/",
    "manage/devices/<int:device>/mend/",
    "helping/calls/<int:call>/",
    "helping/devices/<int:device>/fault/",
    "helping/notices/new/",
    "helping/notices/<int:notice>/down/",
    "manage/devices/<int:device>/release/",
    "manage/devices/<int:device>/retire/",
    "manage/devices/<int:device>/register/",
)
# What people in the hall press, with no sign-in: swept with the key of a machine in test_script_screens.py.
PRESSED = (
    "hall/kiosk/shown/",
    "hall/kiosk/paper/",
    "hall/kiosk/booking/",
    "hall/kiosk/booked/",
    "hall/kiosk/take/",
    "hall/kiosk/help/",
    "hall/pad/rate/",
)
