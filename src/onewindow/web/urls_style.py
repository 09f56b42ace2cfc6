"""样式的网址: the switch of 长辈模式, and in a demonstration the page of all parts."""

from django.urls import path

from onewindow.web.views import mode, styleguide

urlpatterns = [
    path("mode/", mode.display_mode, name="display_mode"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
]
