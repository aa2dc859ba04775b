from django.urls import path

from samsyn.agreements.views import agreement as views
from samsyn.agreements.views import changes

app_name = "agreements"
urlpatterns = [
    path("overenskommelse/", views.index, name="index"),
    path("overenskommelse/hamta/", views.bring_in, name="import"),
    path("overenskommelse/skriv/", views.write, name="write"),
    path("overenskommelse/<uuid:pk>/", views.agreement, name="agreement"),
    path("overenskommelse/<uuid:pk>/klausul/<str:address>/", views.clause, name="clause"),
    path("overenskommelse/<uuid:pk>/jamfor/<uuid:other>/", views.comparison, name="comparison"),
    path("overenskommelse/<uuid:pk>/ny-klausul/", views.add_clause, name="add_clause"),
    path("overenskommelse/<uuid:pk>/nytt-mal/", views.add_goal, name="add_goal"),
    path("overenskommelse/<uuid:pk>/ny-prioritering/", views.add_priority, name="add_priority"),
    path("overenskommelse/<uuid:pk>/godkann/", views.approve, name="approve"),
    path("overenskommelse/<uuid:pk>/underteckna/", views.sign, name="sign"),
    path("overenskommelse/<uuid:pk>/foresla/<str:kind>/", changes.propose, name="propose_change"),
    path("overenskommelse/<uuid:pk>/sag-upp/", changes.give_notice, name="give_notice"),
    path("forandring/<uuid:pk>/", changes.change, name="change"),
    path("forandring/<uuid:pk>/godkann/", changes.approve, name="approve_change"),
    path("forandring/<uuid:pk>/avsta/", changes.decline, name="decline_change"),
    path("overenskommelse/<uuid:pk>/publicera/", views.publish, name="publish"),
    path("klausul/<uuid:pk>/andra/", views.rewrite, name="rewrite"),
    path("koppling/<uuid:pk>/", views.settle, name="settle"),
    path("mal/<uuid:pk>/prioritering/", views.serve, name="serve"),
]
