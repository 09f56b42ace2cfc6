"""网址: which address is answered by which package?"""

from django.urls import URLResolver, include, path

handler400 = "onewindow.web.strangers.unreadable"
handler404 = "onewindow.web.faults.missing"
handler500 = "onewindow.web.faults.failed"

urlpatterns: list[URLResolver] = [
    path("api/v1/", include("onewindow.web.urls_api")),
    path("", include("onewindow.web.urls_catalogue")),
    path("accounts/", include("onewindow.web.urls_account")),
    path("", include("onewindow.web.urls_style")),
    path("manage/", include("onewindow.web.urls_manage")),
    path("", include("onewindow.web.urls_booking")),
    path("", include("onewindow.web.urls_venue")),
    path("", include("onewindow.web.urls_extending")),
    path("", include("onewindow.web.urls_hall")),
    path("", include("onewindow.web.urls_day")),
    path("", include("onewindow.web.urls_emergency")),
    path("", include("onewindow.web.urls_services")),
    path("", include("onewindow.web.urls_complaints")),
    path("", include("onewindow.web.urls_norms")),
    path("", include("onewindow.web.urls_desk")),
    path("", include("onewindow.web.urls_citizen")),
]
