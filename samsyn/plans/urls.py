from django.urls import path

from samsyn.plans import views

app_name = "plans"
urlpatterns = [
    path("atgarder/", views.index, name="index"),
    path("atgarder/ny/", views.propose, name="propose"),
    path("atgarder/<uuid:pk>/", views.measure, name="measure"),
    path("atgarder/<uuid:pk>/andra/", views.rewrite, name="rewrite"),
]
