"""投诉的网址: how somebody complains and reads the answer, and the supervisor's pages."""

from django.urls import path

from onewindow.web.views.complaints import desk, mine

urlpatterns = [
    path("complain/bookings/<str:number>/", mine.of_booking, name="complain_of_booking"),
    path("complain/numbers/<str:code>/", mine.of_number, name="complain_of_number"),
    path("complain/seen/<str:code>/", mine.seen, name="complaint_seen"),
    path("complaints/", desk.listing, name="complaints"),
    path("complaints/new/", desk.new, name="complaint_new"),
    path("complaints/record/", desk.record, name="complaints_record"),
    path("complaints/<str:number>/", desk.show, name="complaint"),
    path("complaints/<str:number>/settle/", desk.decide, name="complaint_settle"),
]
