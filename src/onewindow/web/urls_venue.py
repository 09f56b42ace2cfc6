"""场所档案的网址: the county's venues, one venue, its map and signs, and the daily round."""

from django.urls import path

from onewindow.web.views import rounds
from onewindow.web.views.venues import county, one, plan

urlpatterns = [
    path("manage/venues/", county.venues, name="venues"),
    path("manage/venues/export/", county.export, name="venues_export"),
    path("manage/venues/profiles/<slug:kind>/", county.profile, name="venue_profile"),
    path("manage/venues/deviations/<int:pk>/end/", one.end_deviation, name="end_deviation"),
    path("manage/venues/zones/<int:pk>/", plan.place_zone, name="place_zone"),
    path("manage/venues/<int:pk>/", one.venue, name="venue_sheet"),
    path("manage/venues/<int:pk>/sheet/", one.edit, name="edit_sheet"),
    path("manage/venues/<int:pk>/why/<str:key>/", one.deviate, name="deviate"),
    path("manage/venues/<int:pk>/task/<str:key>/", one.open_task, name="open_task"),
    path("manage/venues/<int:pk>/plan/", plan.edit_plan, name="edit_plan"),
    path("manage/venues/<int:pk>/signs/", plan.signs, name="signs"),
    path("rounds/", rounds.rounds, name="rounds"),
    path("rounds/new/", rounds.new, name="new_round"),
    path("rounds/<int:pk>/", rounds.one_round, name="round_record"),
    path("rounds/tasks/<int:pk>/", rounds.close_task, name="close_task"),
]
