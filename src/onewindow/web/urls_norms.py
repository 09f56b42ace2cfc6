"""工作制度的网址: the register, one version, who acknowledged it, and what everybody may read of it."""

from django.urls import path

from onewindow.web.views.norms import issuing, register, units, watched

urlpatterns = [
    path("norms/", register.register, name="norms"),
    path("norms/new/", issuing.new, name="new_norm"),
    path("norms/load/", issuing.load, name="load_norms"),
    path("norms/units/", units.offices, name="norm_offices"),
    path("norms/units/<slug:kind>/<int:pk>/", units.office, name="norm_office"),
    path("norms/watch/", watched.watched, name="norms_watched"),
    path("norms/watch/<slug:register>/<slug:column>/", watched.entries, name="norm_entries"),
    path("norms/<int:pk>/", register.version, name="norm"),
    path("norms/<int:pk>/acknowledge/", register.acknowledge, name="acknowledge_norm"),
    path("norms/<int:pk>/readers/", units.readers, name="norm_readers"),
    path("norms/<int:pk>/renew/", issuing.renew, name="renew_norm"),
    path("norms/<int:pk>/checks/", issuing.checks, name="norm_checks"),
    path("norms/<int:pk>/send/", issuing.send, name="send_norm"),
    path("norms/<int:pk>/withdraw/", issuing.withdraw, name="withdraw_norm"),
    path("public/norms/", register.published, name="public_norms"),
    path("public/norms/<int:pk>/", register.published_one, name="public_norm"),
]
