"""大厅运行的网址: the pages of whoever manages a hall through its day."""

from django.urls import path

from onewindow.web.views.day import board, caps, hall, past, stations, tidal

urlpatterns = [
    path("day/", hall.first, name="day"),
    path("day/<int:pk>/", board.board, name="hall_day"),
    path("day/<int:pk>/now/", board.board_now, name="hall_day_now"),
    path("day/<int:pk>/measure/", board.measure, name="hall_measure"),
    path("day/<int:pk>/hours/", past.hours, name="hall_hours_counted"),
    path("day/<int:pk>/report/", past.report, name="hall_report"),
    path("day/<int:pk>/report.pdf", past.paper, name="hall_report_pdf"),
    path("day/<int:pk>/stations/", stations.month, name="hall_stations"),
    path("day/<int:pk>/tidal/", tidal.tidal, name="hall_tidal"),
    path("day/windows/<int:pk>/plan/", tidal.plan, name="plan_tidal"),
    path("day/windows/<int:pk>/open/", tidal.turn, {"way": "open"}, name="open_tidal"),
    path("day/windows/<int:pk>/close/", tidal.turn, {"way": "close"}, name="close_tidal"),
    path("day/plans/<int:pk>/drop/", tidal.drop, name="drop_tidal"),
    path("day/<int:pk>/caps/", caps.caps, name="hall_caps"),
    path("day/<int:pk>/caps/new/", caps.propose, name="propose_cap"),
    path("day/caps/<int:pk>/approve/", caps.approve, name="approve_cap"),
    path("day/caps/<int:pk>/decline/", caps.decline, name="decline_cap"),
    path("day/caps/<int:pk>/end/", caps.end, name="end_cap"),
]
