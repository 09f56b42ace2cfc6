"""导办的表单: at which addresses does a guide, the section or a visitor type something?"""

ITEM = "helping/items/<str:address>/"
GUIDING = (
    f"{ITEM}number/",
    f"{ITEM}direct/",
    "helping/asked/",
    "helping/question/hand/",
    "helping/numbers/",
    "helping/numbers/<int:pk>/mark/",
    "helping/numbers/<int:pk>/care/",
    "helping/escorts/<int:pk>/mine/",
    "helping/escorts/<int:pk>/step/",
    "helping/escorts/<int:pk>/end/",
    "helping/escorts/<int:pk>/helper/",
    "helping/devices/help/",
    "helping/remarks/new/",
    "helping/remarks/send/",
    "helping/remarks/<int:pk>/decide/",
    "helping/remarks/<int:pk>/done/",
    "helping/trainings/new/",
    "helping/broadcasts/new/",
    "hall/<int:hall>/suggest/",
)
# At the machine, with its key alone.
TOUCHED = (
    "hall/kiosk/items/<str:address>/there/",
    "hall/kiosk/items/<str:address>/apply/",
    "hall/kiosk/progress/",
    "hall/kiosk/leave/",
)
