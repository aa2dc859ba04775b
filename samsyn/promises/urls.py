from django.urls import path

from samsyn.promises import views

app_name = "promises"
urlpatterns = [
    path("loften/", views.index, name="index"),
    path("loften/nytt/", views.write, name="write"),
    path("loften/<uuid:pk>/", views.promise, name="promise"),
    path("loften/<uuid:pk>/andra/", views.rewrite, name="rewrite"),
    path("loften/<uuid:pk>/godkann/", views.approve, name="approve"),
    path("loften/<uuid:pk>/publicera/", views.publish, name="publish"),
    path("loften/<uuid:pk>/rapportera/", views.report, name="report"),
    path("loften/<uuid:pk>/ta-tillbaka/", views.withdraw, name="withdraw"),
    path("atgarder/<uuid:pk>/inget-lofte/", views.no_promise, name="no_promise"),
]
