from samsyn.publishing.urls import pages

app_name = "publishing-en"
urlpatterns = pages(swedish=False)
