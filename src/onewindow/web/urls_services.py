"""便民服务的网址: what halls offer, one's own requests, the register, and how a hall sets what it offers."""

from django.urls import path

from onewindow.web.views.services import desk, mine, offers

urlpatterns = [
    path("hall/services/", mine.offered, name="services_offered"),
    path("my/services/new/<int:pk>/", mine.ask, name="ask_service"),
    path("my/services/<str:number>/", mine.show, name="my_service"),
    path("my/services/<str:number>/day/", mine.move, name="my_service_day"),
    path("my/services/<str:number>/withdraw/", mine.withdraw, name="my_service_withdraw"),
    path("services/", desk.register, name="services"),
    path("services/register.pdf", desk.register_paper, name="services_paper"),
    path("services/new/<int:pk>/", desk.new, name="service_new"),
    path("services/halls/<int:pk>/", offers.offers, name="aids"),
    path("services/halls/<int:pk>/new/", offers.new, name="new_aid"),
    path("services/offers/<int:pk>/", offers.change, name="change_aid"),
    path("services/offers/<int:pk>/close/", offers.close, name="close_aid"),
    path("services/<str:number>/", desk.show, name="service"),
    path("services/<str:number>/contact/", desk.contact, name="service_contact"),
    path("services/<str:number>/form.pdf", desk.paper, name="service_paper"),
    path("services/<str:number>/take-in/", desk.take_in, name="service_take_in"),
    path("services/<str:number>/do/<slug:act>/", desk.do, name="service_do"),
]
