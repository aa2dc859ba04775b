from django.urls import path

from samsyn.plans.views import asking, columns, evaluations, exports, follow_ups, indicators, measures

app_name = "plans"
urlpatterns = [
    path("atgarder/", measures.index, name="index"),
    path("atgarder/lista.csv", exports.as_csv, name="csv"),
    path("atgarder/lista.xlsx", exports.as_xlsx, name="xlsx"),
    path("atgarder/lista.json", exports.as_json, name="json"),
    path("atgarder/ny/", measures.propose, name="propose"),
    path("atgarder/<uuid:pk>/", measures.measure, name="measure"),
    path("atgarder/<uuid:pk>/andra/", measures.rewrite, name="rewrite"),
    path("atgarder/<uuid:pk>/uppgifter/", columns.describe, name="describe"),
    path("atgarder/<uuid:pk>/aktivitet/", columns.add_activity, name="add_activity"),
    path("atgarder/<uuid:pk>/indikator/", indicators.add, name="add_indicator"),
    path("atgarder/<uuid:pk>/fraga/", asking.ask, name="ask"),
    path("atgarder/<uuid:pk>/utvardera/", evaluations.evaluate, name="evaluate"),
    path("atgarder/utvardering/<uuid:pk>/", evaluations.evaluation, name="evaluation"),
    path("atgarder/utvardering/<uuid:pk>/andra/", evaluations.rewrite, name="rewrite_evaluation"),
    path("atgarder/utvardering/<uuid:pk>/godkann/", evaluations.approve, name="approve_evaluation"),
    path("atgarder/fraga/<uuid:pk>/dra-tillbaka/", asking.withdraw, name="withdraw"),
    path("atgarder/aktivitet/<uuid:pk>/", columns.count, name="count_activity"),
    path("atgarder/aktivitet/<uuid:pk>/ta-bort/", columns.drop_activity, name="drop_activity"),
    path("atgarder/indikator/<uuid:pk>/", indicators.indicator, name="indicator"),
    path("atgarder/indikator/<uuid:pk>/andra/", indicators.rewrite, name="rewrite_indicator"),
    path("atgarder/indikator/<uuid:pk>/ta-bort/", indicators.drop, name="drop_indicator"),
    path("atgarder/indikator/<uuid:pk>/avsluta/", indicators.end, name="end_indicator"),
    path("atgarder/indikator/<uuid:pk>/varde/", indicators.report, name="report_value"),
    path("atgarder/indikator/<uuid:pk>/siffra/", indicators.from_figure, name="value_from_figure"),
    path("uppfoljning/", follow_ups.index, name="follow_ups"),
    path("uppfoljning/ny/", follow_ups.begin, name="begin_follow_up"),
    path("uppfoljning/<uuid:pk>/", follow_ups.follow_up, name="follow_up"),
    path("uppfoljning/<uuid:pk>/andra/", follow_ups.rewrite, name="rewrite_follow_up"),
    path("uppfoljning/<uuid:pk>/beslut/", follow_ups.decide, name="decide_follow_up"),
    path("uppfoljning/<uuid:pk>/ta-tillbaka/", follow_ups.retract, name="retract_follow_up"),
]
