from django.urls import path

from samsyn.evidence import views
from samsyn.evidence.views import disclosure, exports, figures, files, populations, sources, templates

app_name = "evidence"
urlpatterns = [
    path("underlag/", views.index, name="index"),
    path("underlag/ny-fil/", files.new_file, name="new_file"),
    path("underlag/fil/<uuid:pk>/", files.file, name="file"),
    path("underlag/fil/<uuid:pk>/tolka/", files.interpret, name="interpret"),
    path("underlag/fil/<uuid:pk>/spara/", files.accept, name="accept"),
    path("underlag/fil/<uuid:pk>/folkmangd/", files.take_population, name="take_population"),
    path("underlag/fil/<uuid:pk>/las-igen/", files.retry, name="retry_file"),
    path("underlag/fil/<uuid:pk>/kasta/", files.discard, name="discard_file"),
    path("underlag/data/<uuid:pk>/", files.dataset, name="dataset"),
    path("underlag/data/<uuid:pk>/data.csv", files.dataset_csv, name="dataset_csv"),
    path("underlag/data/<uuid:pk>/data.parquet", files.dataset_parquet, name="dataset_parquet"),
    path("underlag/data/<uuid:pk>/ursprung/", disclosure.state_origin, name="state_origin"),
    path("underlag/rojandekontroll/", disclosure.policy, name="policy"),
    path("underlag/rojandekontroll/ga-igenom/", disclosure.protect, name="protect"),
    path("underlag/oppna-data/", sources.index, name="sources"),
    path("underlag/oppna-data/<uuid:pk>/hamta/", sources.fetch_now, name="fetch_now"),
    path("underlag/oppna-data/<uuid:pk>/sluta/", sources.stop, name="stop_source"),
    path("underlag/folkmangd/", populations.population, name="population"),
    path("underlag/mallar/", templates.templates, name="templates"),
    path("underlag/mallar/<uuid:pk>/ta-bort/", templates.drop, name="drop_template"),
    path("underlag/nya-siffror/", figures.revisions, name="revisions"),
    path("underlag/diagram/nytt/", figures.new_figure, name="new_figure"),
    path("underlag/diagram/raknas/<str:identity>/", figures.ordered, name="ordered"),
    path("underlag/diagram/raknas/<uuid:pk>/igen/", figures.retry, name="retry_figure"),
    path("underlag/diagram/raknas/<uuid:pk>/kasta/", figures.discard, name="discard_order"),
    path("underlag/diagram/<uuid:pk>/", figures.figure, name="figure"),
    path("underlag/diagram/<uuid:pk>/tabell.csv", exports.figure_csv, name="figure_csv"),
    path("underlag/diagram/<uuid:pk>/tabell.parquet", exports.figure_parquet, name="figure_parquet"),
    path("underlag/diagram/<uuid:pk>/tabell.xlsx", exports.figure_xlsx, name="figure_xlsx"),
    path("underlag/diagram/<uuid:pk>/diagram.svg", exports.figure_svg, name="figure_svg"),
    path("underlag/diagram/<uuid:pk>/diagram.png", exports.figure_png, name="figure_png"),
    path("underlag/diagram/<uuid:pk>/diagram.json", exports.figure_json, name="figure_json"),
    path("underlag/diagram/<uuid:pk>/dokument.docx", exports.figure_docx, name="figure_docx"),
    path("underlag/diagram/<uuid:pk>/bild.pptx", exports.figure_pptx, name="figure_pptx"),
    path("underlag/diagram/<uuid:pk>/kontrollera/", figures.check, name="check_figure"),
]
