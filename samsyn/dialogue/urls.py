from django.urls import path

from samsyn.dialogue import views

app_name = "dialogue"
urlpatterns = [
    path("dialog/", views.index, name="index"),
    path("dialog/ny/", views.new, name="new"),
    path("dialog/<uuid:pk>/", views.dialogue, name="dialogue"),
    path("dialog/<uuid:pk>/publicera/", views.publish, name="publish"),
    path("dialog/<uuid:pk>/tema/", views.add_theme, name="add_theme"),
    path("dialog/<uuid:pk>/sammanfatta/", views.summarise, name="summarise"),
    path("dialog/svar/<uuid:pk>/godkann/", views.accept, name="accept"),
    path("dialog/svar/<uuid:pk>/avsta/", views.refuse, name="refuse"),
    path("dialog/svar/<uuid:pk>/sortera/", views.sort, name="sort"),
]
