from django.urls import path

from samsyn.duties import views

app_name = "duties"
urlpatterns = [
    path("lagen/", views.index, name="index"),
    path("lagen/anteckna/<slug:kind>/", views.record, name="record"),
    path("lagen/anteckning/<uuid:pk>/", views.event, name="event"),
    path("lagen/anteckning/<uuid:pk>/ta-tillbaka/", views.retract, name="retract"),
    path("lagen/anteckning/<uuid:pk>/avsluta/", views.end, name="end"),
    path("lagen/fullstandigt/", views.declare, name="declare"),
    path("lagen/tolkning/", views.policy, name="policy"),
]
