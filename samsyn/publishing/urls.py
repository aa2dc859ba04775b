from django.urls import URLPattern, path

from samsyn.publishing import views


def pages(swedish: bool) -> list[URLPattern]:
    """The same pages in both languages, each with its own words in the address."""

    def word(in_swedish: str, in_english: str) -> str:
        return in_swedish if swedish else in_english

    return [
        path("", views.front, name="front"),
        path(word("tillganglighet/", "accessibility/"), views.accessibility, name="accessibility"),
        path(word("personuppgifter/", "personal-data/"), views.personal_data, name="personal_data"),
        path(word("kontakt/", "contact/"), views.contact, name="contact"),
        path("<slug:slug>/", views.home, name="home"),
        path(f"<slug:slug>/{word('overenskommelse', 'agreement')}/", views.agreement, name="agreement"),
        path(f"<slug:slug>/{word('lagesbild', 'picture')}/", views.picture, name="picture"),
        path(
            f"<slug:slug>/{word('lagesbild', 'picture')}/<uuid:pk>/",
            views.quoted_picture,
            name="quoted_picture",
        ),
        path(
            f"<slug:slug>/{word('lagesbild', 'picture')}/<uuid:pk>/<int:point>-<int:number>.<slug:form>",
            views.figure_file,
            name="figure_file",
        ),
        path(
            f"<slug:slug>/{word('lagesbild', 'picture')}/<uuid:pk>/{word('omraden', 'areas')}.geojson",
            views.areas_file,
            name="areas_file",
        ),
        path(f"<slug:slug>/{word('atgardsplan', 'plan')}/", views.plan, name="plan"),
        path(f"<slug:slug>/{word('utgava', 'release')}/<uuid:pk>.pdf", views.document, name="document"),
        path(f"<slug:slug>/{word('uppfoljning', 'follow-up')}/", views.follow_up, name="follow_up"),
        path(f"<slug:slug>/{word('loften', 'promises')}/", views.promises, name="promises"),
        path(f"<slug:slug>/{word('dialog', 'dialogue')}/<uuid:pk>/", views.dialogue, name="dialogue"),
        path(
            f"<slug:slug>/{word('dialog', 'dialogue')}/<uuid:pk>/{word('kvitto', 'receipt')}/",
            views.receipt,
            name="receipt",
        ),
    ]


app_name = "publishing"
urlpatterns = pages(swedish=True)
