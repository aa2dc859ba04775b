from django.urls import path

from samsyn.pictures.views import drafts, joint, revisiting

app_name = "pictures"
urlpatterns = [
    path("utkast/", drafts.index, name="drafts"),
    path("utkast/fran-oppna-data/<uuid:pk>/", drafts.start_from_open_data, name="start_from_open_data"),
    path("utkast/nytt/", drafts.start, name="start_draft"),
    path("utkast/<uuid:pk>/", drafts.draft, name="draft"),
    path("utkast/<uuid:pk>/iakttagelse/", drafts.write, name="write_finding"),
    path("utkast/<uuid:pk>/godkann/", drafts.approve, name="approve_draft"),
    path("utkast/<uuid:pk>/dela/", drafts.share, name="share"),
    path("utkast/iakttagelse/<uuid:pk>/", drafts.rewrite, name="rewrite_finding"),
    path("utkast/iakttagelse/<uuid:pk>/belagg/", drafts.cite, name="cite"),
    path("utkast/belagg/<uuid:pk>/fornya/", drafts.renew, name="renew_citation"),
    path("utkast/iakttagelse/<uuid:pk>/ta-bort/", drafts.drop, name="drop_finding"),
    path("lagesbild/", joint.index, name="index"),
    path("lagesbild/ny/", joint.begin, name="open"),
    path("lagesbild/<uuid:pk>/", joint.picture, name="picture"),
    path("lagesbild/<uuid:pk>/vag-samman/", joint.merge, name="merge"),
    path("lagesbild/<uuid:pk>/ta-med/<uuid:release>/<int:index>/", joint.place, name="place"),
    path("lagesbild/<uuid:pk>/ny-iakttagelse/", joint.write, name="write_point"),
    path("lagesbild/<uuid:pk>/stall-bakom/", joint.endorse, name="endorse"),
    path("lagesbild/<uuid:pk>/anta/", joint.adopt, name="adopt"),
    path("lagesbild/<uuid:pk>/granska/", revisiting.review, name="review"),
    path("lagesbild/<uuid:pk>/jamfor/<uuid:other>/", revisiting.comparison, name="comparison"),
    path("lagesbild/<uuid:pk>/inte-med/<uuid:point>/", revisiting.explain, name="explain_gone"),
    path("lagesbild/granskning/<uuid:pk>/ta-tillbaka/", revisiting.retract, name="retract_review"),
    path("lagesbild/<uuid:pk>/rattelse/", revisiting.write_erratum, name="write_erratum"),
    path("lagesbild/rattelse/<uuid:pk>/godkann/", revisiting.approve_erratum, name="approve_erratum"),
    path("lagesbild/rattelse/<uuid:pk>/ta-bort/", revisiting.drop_erratum, name="drop_erratum"),
    path("lagesbild/kalla/<uuid:pk>/dela-upp/", joint.part, name="part"),
    path("lagesbild/belagg/<uuid:pk>/ta-bort/", joint.leave_out, name="leave_out_figure"),
    path("iakttagelse/<uuid:pk>/", joint.point, name="point"),
    path("iakttagelse/<uuid:pk>/andra/", joint.rewrite, name="rewrite_point"),
    path("iakttagelse/<uuid:pk>/stallning/", joint.stance, name="stance"),
    path("iakttagelse/<uuid:pk>/roster/", joint.add_voice, name="add_voice"),
]
