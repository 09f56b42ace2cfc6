"""事项的网址: guides and search for everybody, the catalogue's desk for those who keep it."""

from django.urls import path

from onewindow.web.views import guide, search

urlpatterns = [
    path("search/", search.results, name="search"),
    path("items/<str:address>/", guide.guide, name="guide"),
    path("items/<str:address>/v/<int:number>/", guide.guide, name="guide_version"),
    path("items/<str:address>/leaflet/", guide.leaflet, name="guide_leaflet"),
]
