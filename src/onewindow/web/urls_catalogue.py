"""事项的网址: guides and search for everybody, the catalogue's desk for those who keep it."""

from django.urls import path

from onewindow.web.views import guide, search
from onewindow.web.views.catalogue import base, changes, deeds, drafting, dry_run, imports, items, papers

urlpatterns = [
    path("search/", search.results, name="search"),
    path("items/<str:address>/", guide.guide, name="guide"),
    path("items/<str:address>/v/<int:number>/", guide.guide, name="guide_version"),
    path(
        "items/<str:address>/v/<int:number>/papers/<str:code>/<slug:role>/", guide.paper, name="guide_paper"
    ),
    path("items/<str:address>/leaflet/", guide.leaflet, name="guide_leaflet"),
    path("catalogue/", items.items, name="catalogue"),
    path("catalogue/new/", drafting.new, name="catalogue_new"),
    path("catalogue/missed/", items.missed, name="catalogue_missed"),
    path("catalogue/changes/", changes.changes, name="catalogue_changes"),
    path("catalogue/changes/<int:pk>/", changes.change, name="catalogue_change"),
    path("catalogue/base/", base.bases, name="catalogue_bases"),
    path("catalogue/base/<slug:code>/", base.one, name="catalogue_base"),
    path("catalogue/base/<slug:code>/follow/", base.follow, name="catalogue_follow_base"),
    path("catalogue/import/", imports.imports, name="catalogue_imports"),
    path("catalogue/import/<int:pk>/", imports.run, name="catalogue_import"),
    path("catalogue/import/<int:pk>/take-in/", imports.take_in, name="catalogue_take_in"),
    path("catalogue/<int:pk>/", items.item, name="catalogue_item"),
    path("catalogue/<int:pk>/draft/", drafting.draft, name="catalogue_draft"),
    path("catalogue/<int:pk>/compare/", items.compare, name="catalogue_compare"),
    path("catalogue/<int:pk>/change/", changes.ask_change, name="catalogue_ask_change"),
    path("catalogue/<int:pk>/state/<slug:kind>/", deeds.change_state, name="catalogue_state"),
    path("catalogue/<int:pk>/v/<int:number>/", items.version, name="catalogue_version"),
    path("catalogue/<int:pk>/v/<int:number>/dry-run/", dry_run.show, name="dry_run"),
    path("catalogue/<int:pk>/settle/", deeds.settle, name="catalogue_settle"),
    path("catalogue/<int:pk>/v/<int:number>/papers/", papers.change, name="catalogue_papers"),
    path(
        "catalogue/<int:pk>/v/<int:number>/papers/<slug:code>/<slug:role>/",
        papers.look,
        name="catalogue_paper",
    ),
    path("catalogue/<int:pk>/v/<int:number>/do/<slug:deed>/", deeds.do_with_version, name="catalogue_do"),
]
