"""管理的网址: organisation, windows and the access log."""

from django.urls import path

from onewindow.web.views import (
    accesses,
    founding,
    organisation,
    seals,
    settings,
    tokens,
    windows,
    workdays,
)

urlpatterns = [
    path("organisation/", organisation.organisation, name="organisation"),
    path("organisation/posts/<int:pk>/stand-in/", organisation.stand_in, name="stand_in"),
    path("organisation/posts/<int:pk>/give/", organisation.give, name="give_post"),
    path("organisation/holdings/<int:pk>/end/", organisation.end, name="end_post"),
    path("organisation/officers/", organisation.officers, name="officers"),
    path("organisation/officers/new/", organisation.new_officer, name="new_officer"),
    path("organisation/officers/<int:pk>/close/", organisation.close, name="close_officer"),
    path("organisation/officers/<int:pk>/password/", organisation.password, name="reset_password"),
    path("organisation/departments/new/", founding.department, name="new_department"),
    path("organisation/posts/new/", founding.post, name="new_post"),
    path("windows/halls/new/", founding.hall, name="new_hall"),
    path("windows/", windows.windows, name="windows"),
    path("windows/halls/<int:pk>/open/", windows.open_window, name="open_window"),
    path("windows/<int:pk>/close/", windows.close_window, name="close_window"),
    path("settings/", settings.settings, name="settings"),
    path("settings/<str:name>/", settings.change, name="change_setting"),
    path("calendar/", workdays.calendar, name="calendar"),
    path("calendar/import/", workdays.take_in, name="import_notice"),
    path("seals/", seals.seals, name="seals"),
    path("seals/new/", seals.new, name="new_seal"),
    path("seals/<int:pk>/", seals.seal, name="seal"),
    path("seals/<int:pk>/sample.pdf", seals.sample_pdf, name="seal_sample"),
    path("seals/<int:pk>/sample.png", seals.sample_image, name="seal_sample_image"),
    path("seals/<int:pk>/refuse/", seals.refuse, name="refuse_seal"),
    path("seals/<int:pk>/end/", seals.end, name="end_seal"),
    path("seals/<int:pk>/end/confirm/", seals.confirm_end, name="confirm_end_seal"),
    path("seals/<int:pk>/end/keep/", seals.keep, name="keep_seal"),
    path("tokens/", tokens.tokens, name="tokens"),
    path("tokens/new/", tokens.new_token, name="new_token"),
    path("tokens/<int:pk>/withdraw/", tokens.withdraw_token, name="withdraw_token"),
    path("accesses/", accesses.accesses, name="accesses"),
]
