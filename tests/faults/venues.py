"""场所档案的表单: at which addresses does somebody type something about venues, maps, rounds and what is to be put right?"""

VENUES = (
    "manage/venues/profiles/<slug:kind>/",
    "manage/venues/<int:hall>/sheet/",
    "manage/venues/<int:hall>/why/<str:key>/",
    "manage/venues/<int:hall>/task/<str:key>/",
    "manage/venues/zones/<int:zone>/",
    "rounds/new/",
    "rounds/tasks/<int:task>/",
    "manage/venues/deviations/<int:deviation>/end/",
)
