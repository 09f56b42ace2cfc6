"""WSGI: how does a web server hand a request to Django?"""

import os

from django.core.wsgi import get_wsgi_application

from onewindow.config.child import end_with_web_server

end_with_web_server()
os.environ.setdefault("ONEWINDOW_PATIENCE", "10")  # a page that waits longer for the database says so
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onewindow.config.settings")
application = get_wsgi_application()
