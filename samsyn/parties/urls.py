from django.urls import path

from samsyn.parties.views import account, invitation, keys, people, start

app_name = "parties"
urlpatterns = [
    path("start/<str:token>/", start.start, name="start"),
    path("arbete/", start.choose, name="choose"),
    path("konto/", account.account, name="account"),
    path("konto/sessioner/", account.sessions, name="sessions"),
    path("konto/sessioner/<int:pk>/avsluta/", account.end_session, name="end_session"),
    path("konto/sessioner/avsluta-andra/", account.end_other_sessions, name="end_other_sessions"),
    path("konto/inbjudan/<str:token>/", invitation.invitation, name="invitation"),
    path("arbete/<slug:partnership>/manniskor/", people.people, name="people"),
    path("arbete/<slug:partnership>/manniskor/<uuid:pk>/bjud-in/", people.invite, name="invite"),
    path("arbete/<slug:partnership>/manniskor/<uuid:pk>/avsluta/", people.end, name="end"),
    path(
        "arbete/<slug:partnership>/manniskor/inbjudan/<uuid:invitation>/dra-tillbaka/",
        people.revoke,
        name="revoke",
    ),
    path("arbete/<slug:partnership>/nyckel/", keys.key, name="key"),
    path("arbete/<slug:partnership>/nyckel/<uuid:pk>/hamta/", keys.fetch, name="fetch_key"),
    path("arbete/<slug:partnership>/nyckel/<uuid:pk>/ny/", keys.renew, name="renew_key"),
    path("arbete/<slug:partnership>/nyckel/<uuid:pk>/aterstall/", keys.restore, name="restore_key"),
]
