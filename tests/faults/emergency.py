"""应急和便民服务的表单: at which addresses does somebody type something about them?"""

PLANNING = (
    "emergency/<int:hall>/plans/<slug:event>/",
    "emergency/plans/<int:plan>/start/",
    "emergency/plans/<int:plan>/drill/",
    "emergency/measures/<int:measure>/",
    "emergency/<int:hall>/safety/",
    "emergency/safety/<int:safety>/change/",
    "emergency/safety/<int:safety>/check/",
    "emergency/safety/<int:safety>/use/",
    "emergency/safety/<int:safety>/retire/",
    "emergency/<int:hall>/stop/",
    "emergency/<int:hall>/until/",
)
PRESSED = (
    "emergency/<int:hall>/resume/",
    "emergency/plans/<int:plan>/approve/",
    "emergency/incidents/<str:number>/steps/<int:entry>/",
    "emergency/incidents/<str:number>/do/<slug:act>/",
)
OFFERS = (
    "services/halls/<int:hall>/new/",
    "services/offers/<int:aid>/",
    "services/offers/<int:aid>/close/",
)
SERVED = (
    "services/<str:request>/contact/",
    "services/<str:request>/take-in/",
    "services/<str:request>/do/<slug:act>/",
)
ASKED = (
    "my/services/new/<int:aid>/",
    "my/services/<str:request>/day/",
    "my/services/<str:request>/withdraw/",
)
WRITTEN_DOWN = ("services/new/<int:aid>/",)
EMERGENCY = (*PLANNING, *PRESSED, *OFFERS, *SERVED, *ASKED, *WRITTEN_DOWN)
