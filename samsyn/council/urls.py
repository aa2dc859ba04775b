from django.urls import path

from samsyn.council import views

app_name = "council"
urlpatterns = [
    path("radet/", views.index, name="index"),
    path("radet/organ/", views.found_body, name="found_body"),
    path("radet/mote/", views.call_meeting, name="call_meeting"),
    path("radet/beslut/", views.decide, name="decide"),
    path("steg/<slug:line>/", views.step, name="step"),
    path("radet/mote/<uuid:pk>/", views.meeting, name="meeting"),
]
