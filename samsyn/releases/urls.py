from django.urls import path

from samsyn.releases import views

app_name = "releases"
urlpatterns = [
    path("utgava/<uuid:pk>/<slug:language>.pdf", views.document, name="document"),
]
