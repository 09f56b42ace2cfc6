"""应急的网址: stopping a hall, plans, incidents, drills and safety equipment."""

from django.urls import path

from onewindow.web.views.emergency import incidents, plans, safety, stop

urlpatterns = [
    path("emergency/", plans.begin, name="emergency_home"),
    path("emergency/<int:pk>/", plans.home, name="emergency"),
    path("emergency/<int:pk>/stop/", stop.stop, name="stop_service"),
    path("emergency/<int:pk>/until/", stop.until, name="stop_until"),
    path("emergency/<int:pk>/resume/", stop.resume, name="resume_service"),
    path("emergency/<int:pk>/plans/<slug:event>/", plans.draft, name="draft_plan"),
    path("emergency/<int:pk>/safety/", safety.enter, name="enter_safety"),
    path("emergency/plans/<int:pk>/", plans.show, name="emergency_plan"),
    path("emergency/plans/<int:pk>/approve/", plans.approve, name="approve_plan"),
    path("emergency/plans/<int:pk>/start/", plans.start, name="start_plan"),
    path("emergency/plans/<int:pk>/drill/", plans.drill, name="record_drill"),
    path("emergency/measures/<int:pk>/", plans.measure, name="drill_measure"),
    path("emergency/safety/<int:pk>/", safety.show, name="safety_item"),
    path("emergency/safety/<int:pk>/change/", safety.change, name="change_safety"),
    path("emergency/safety/<int:pk>/check/", safety.check, name="check_safety"),
    path("emergency/safety/<int:pk>/use/", safety.use, name="use_safety"),
    path("emergency/safety/<int:pk>/retire/", safety.retire, name="retire_safety"),
    path("emergency/incidents/<str:number>/", incidents.show, name="incident"),
    path("emergency/incidents/<str:number>/report.pdf", incidents.paper, name="incident_report"),
    path("emergency/incidents/<str:number>/steps/<int:entry>/", incidents.step, name="incident_step"),
    path("emergency/incidents/<str:number>/do/<slug:act>/", incidents.do, name="incident_do"),
]
