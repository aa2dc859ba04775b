"""The page behind a link in a mail: it needs no account, and lies outside `/arbete/`."""

from django.urls import path

from samsyn.plans.views import asking

app_name = "plans-link"
urlpatterns = [path("svar/<str:token>/", asking.answer, name="answer")]
