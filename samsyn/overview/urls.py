from django.urls import path

from samsyn.overview import views

app_name = "overview"
urlpatterns = [
    path("", views.start, name="start"),
    path("traden/", views.whole_thread, name="thread"),
    path("traden/<uuid:node>/", views.around, name="around"),
    path("overlamning/", views.handover, name="handover"),
    path("steg/", views.steps, name="steps"),
    path("sok/", views.search, name="search"),
]
