"""延时服务的网址: the pages of windows, of the section that keeps the forms and calls back, and of whoever watches."""

from django.urls import path

from onewindow.web.views import leaders
from onewindow.web.views.extending import calls, listing, one

urlpatterns = [
    path("extensions/", listing.extensions, name="extensions"),
    path("extensions/new/", listing.new, name="extension_new"),
    path("extensions/declined/", listing.declined, name="extension_declined"),
    path("extensions/checks/", listing.checks, name="extension_checks"),
    path("extensions/figures/", listing.figures, name="extension_figures"),
    path("extensions/register.csv", listing.register, name="extension_register"),
    path("extensions/calls/", calls.draws, name="extension_calls"),
    path("extensions/calls/new/", calls.draw, name="extension_draw_new"),
    path("extensions/calls/<str:number>/", calls.calls, name="extension_draw"),
    path("extensions/calls/<str:number>/<int:pk>/", calls.call, name="extension_call"),
    path("extensions/<str:number>/", one.show, name="extension"),
    path("extensions/<str:number>/form.pdf", one.paper, name="extension_paper"),
    path("extensions/<str:number>/file/", listing.file, name="extension_file"),
    path("extensions/<str:number>/do/<slug:act>/", one.do, name="extension_do"),
    path("manage/windows/<int:pk>/leader/", leaders.name, name="window_leader"),
]
