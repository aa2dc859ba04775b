"""A picture written elsewhere: headings are findings, what stands in the way is pointed out, and the wall holds."""

import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from samsyn.core import clock
from samsyn.core.errors import Invalid, Missing, NotAllowed, Refused
from samsyn.core.journal import Entry
from samsyn.evidence.readers.prose import read_prose
from samsyn.evidence.readers.table import Refusal
from samsyn.parties.models import Organisation
from samsyn.parties.tests.build import Town, user_of
from samsyn.pictures import blank, services, tasks
from samsyn.pictures.arriving import Told, arrival_of
from samsyn.pictures.models import PictureFile, PrivateDraft
from samsyn.pictures.sourcing import without_source
from samsyn.pictures.tests import build
from samsyn.releases.models import Release

NAMES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STYLES = (  # as Word writes it in Swedish: the id is translated, the name is not
    '<w:style w:type="paragraph" w:styleId="Rubrik1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Egen"><w:name w:val="Egen"/><w:basedOn w:val="Rubrik1"/></w:style>'
)


def paragraph(text: str, style: str = "", inner: str = "") -> str:
    chosen = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{chosen}<w:r><w:t>{text}</w:t></w:r>{inner}</w:p>"


def document(*paragraphs: str, **more: str) -> bytes:
    parts = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document {NAMES}><w:body>{''.join(paragraphs)}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {NAMES}>{STYLES}</w:styles>",
        **more,
    }
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, xml in parts.items():
            archive.writestr(name, xml)
    return content.getvalue()


TODAY = document(
    paragraph("Lägesbild 2027", "Rubrik1"),
    paragraph("Period: 2027"),
    paragraph("Cykelstölderna ökar", "Rubrik1"),
    paragraph("Vid stationen stals 42 cyklar 2026."),
    paragraph("Enligt Brå anmäldes 1 200 stölder i länet."),
    paragraph("Omfattning: främst kvällstid"),
    paragraph("Mörkt i parken", "Egen"),
    paragraph("Lamporna är släckta", inner="<w:del><w:r><w:delText>ALDRIG</w:delText></w:r></w:del>"),
)


def form(*findings: dict[str, Any], **more: Any) -> bytes:
    return json.dumps({"title": "Polisens bild", "period": "2027", "findings": findings, **more}).encode()


OPEN = {"title": "Stölder i hamnen", "text": "De ökar.", "secrecy": "ingen", "certainty": "säkert"}
SECRET = {"title": "Nätverket", "text": "HEMLIGT", "secrecy": "18 kap. 1 § OSL", "secrecy_ground": "Pågår."}


def brought(
    town: Town, content: bytes, *, name: str = "bild.docx", by: str = "coordinator", is_real: bool = False
) -> PictureFile:
    actor = getattr(town, by)
    party = Organisation.objects.get(pk=actor.party_id)
    made = services.receive_picture_file(party, name=name, content=content, by=actor)

    def read(path: Path, *, name: str, limits: Any) -> Any:
        return read_prose(path.read_bytes(), name=name)

    given = [str(made.pk), *tasks.ids_of(actor, town.partnership)]
    if is_real:
        tasks.read_picture_file.enqueue(*given)
    else:
        with patch("samsyn.evidence.services.prose.read_prose_in_sandbox", read):
            tasks.read_picture_file.enqueue(*given)
    return PictureFile.objects.get(pk=made.pk)


def found(file: PictureFile) -> list[Told]:
    return arrival_of(file.content).findings


def share(town: Town, file: PictureFile, **given: Any) -> Release:
    return services.share_file(
        file,
        **{
            "partnership": town.partnership,
            "receiver": town.municipality,
            "period": "2027",
            "title": "Polisens bild",
            "purpose": "handed_over",
            "ground": "lag (2023:196) 4 §",
            "by": town.officer,
            **given,
        },
    )


def test_headings_become_findings_and_numbers_without_a_source_are_marked(town: Town) -> None:
    file = brought(town, TODAY, is_real=True)

    arrival = arrival_of(file.content)
    bikes, park = arrival.findings
    assert (arrival.title, arrival.period) == ("Lägesbild 2027", "2027")
    assert bikes.title == "Cykelstölderna ökar" and bikes.extent == "främst kvällstid"
    assert bikes.text.startswith("Vid stationen") and "Enligt Brå" in bikes.text
    assert bikes.numbers == ["42 cyklar"]
    assert (park.title, park.text, park.numbers) == ("Mörkt i parken", "Lamporna är släckta", [])


def test_what_is_chosen_is_taken_into_ones_own_draft_and_never_twice(town: Town) -> None:
    draft = services.start_draft(town.municipality, period="2027", title="Vår bild", by=town.coordinator)
    file = brought(town, TODAY)

    assert services.take_into_draft(draft, file=file, chosen=[1], by=town.coordinator) == 1

    finding = draft.findings.get()
    assert (finding.title, finding.secrecy, finding.certainty) == ("Cykelstölderna ökar", "", "uncertain")
    assert not PictureFile.objects.exists()
    again = brought(town, TODAY)
    with pytest.raises(Refused, match="stands in your draft already"):
        services.take_into_draft(draft, file=again, chosen=[1], by=town.coordinator)
    with pytest.raises(Invalid, match="at least one"):
        services.take_into_draft(draft, file=again, chosen=[9], by=town.coordinator)
    client = Client()
    client.force_login(user_of(town.coordinator))
    page = client.get(reverse("pictures:draft", args=[town.partnership.slug, draft.pk])).text
    assert "Utan källa:</strong> 42 cyklar" in page


def test_what_points_out_a_person_is_stopped_with_its_place(town: Town) -> None:
    draft = services.start_draft(town.municipality, period="2027", title="Vår bild", by=town.coordinator)
    file = brought(
        town,
        document(paragraph("Grannar", "Rubrik1"), paragraph("Lugnt."), paragraph("Ring 070-174 06 05.")),
    )

    (one,) = found(file)
    assert "3: " in one.problems[0] and "070-174 06 05" in one.problems[0]
    with pytest.raises(Refused, match="cannot be taken in"):
        services.take_into_draft(draft, file=file, chosen=[1], by=town.coordinator)
    with pytest.raises(Refused, match="cannot be shared"):
        share(town, file, receiver=town.police, by=town.coordinator)

    assert not draft.findings.exists() and not Release.objects.exists()


def test_the_polices_file_enters_at_the_share_and_its_secrets_never(town: Town) -> None:
    file = brought(town, form(OPEN, SECRET), name="bild.json", by="officer")
    assert "HEMLIGT" not in str(file.outcome) and "Nätverket" not in str(file.outcome)

    release = share(town, file)

    content = release.payload["content"]
    assert [one.get("title") for one in content["findings"]] == ["Stölder i hamnen", None]
    assert content["findings"][0]["certainty"] == "certain"
    assert content["findings"][0]["without_source"] == []
    assert content["findings"][1] == {"held_back": True, "section": "OSL 18:1"}
    assert not PrivateDraft.objects.exists()
    entry = Entry.objects.get(command="pictures.share_file")
    assert entry.chain == town.police.pk and entry.facts["held_back"] == "1"
    with pytest.raises(Refused, match="shared here already"):
        share(town, file)
    point = services.place_finding(build.picture(town), release=release, index=0, by=town.coordinator)
    assert point.title == "Stölder i hamnen"


def test_one_picture_of_the_police_feeds_several_partnerships(town: Town) -> None:
    file = brought(town, form(OPEN), name="bild.json", by="officer")
    here = share(town, file)
    there = share(town, file, partnership=town.elsewhere, receiver=town.stranger)

    assert here.payload["content"] == there.payload["content"]
    assert {here.partnership, there.partnership} == {town.partnership, town.elsewhere}
    ours = brought(town, form(OPEN), name="bild.json")
    with pytest.raises(Missing):  # the municipality has no seat there
        share(town, ours, partnership=town.elsewhere, receiver=town.police, by=town.coordinator)


@pytest.mark.parametrize(
    ("finding", "reason"),
    [
        ({**OPEN, "secrecy": ""}, "Decide on secrecy in the file for finding 1"),
        ({**SECRET, "secrecy_ground": ""}, "why finding 1 is held back"),
        ({**OPEN, "secrecy": "OSL 99:9"}, "no section that is offered"),
        ({**OPEN, "text": ""}, "lacks a heading or a text"),
        ({**OPEN, "title": "å" * 201}, "longer than 200"),
    ],
)
def test_a_file_is_shared_whole_or_not_at_all(town: Town, finding: dict[str, Any], reason: str) -> None:
    file = brought(town, form(finding), name="bild.json", by="officer")

    with pytest.raises(Refused, match=reason):
        share(town, file)

    assert not Release.objects.exists()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"  ", "x.docx"),
        (b"%PDF-1.4", "x.pdf"),
        (b"hej", "x.txt"),
        (b"[1, 2]", "x.json"),
        (b'{"a": ', "x.json"),
        (document(), "x.docx"),
        (document(**{"word/vbaProject.bin": "x"}), "x.docx"),
        (document(**{"word/document.xml": "<a"}), "x.docx"),
        (document(**{"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "x.docx"),
        (document(**{"word/document.xml": "<a/>"}), "x.docx"),
    ],
)
def test_a_file_of_something_else_is_refused(content: bytes, name: str) -> None:
    with pytest.raises(Refusal):
        read_prose(content, name=name)


def test_a_document_without_headings_and_a_form_without_findings_say_what_to_do(town: Town) -> None:
    assert "no headings" in arrival_of({"blocks": [[0, "Bara text.", 1]]}).problem
    assert "no findings" in arrival_of({"form": {"findings": [{}, "x"]}}).problem
    assert "no findings" in arrival_of({"form": {}}).problem
    assert "more than 200" in arrival_of({"form": {"findings": [OPEN] * 201}}).problem
    file = brought(town, form(), name="bild.json", by="officer")
    with pytest.raises(Refused, match="no findings"):
        share(town, file)


def test_the_template_comes_back_as_it_was_filled_in(town: Town) -> None:
    client = Client()
    client.force_login(user_of(town.officer))
    with translation.override("sv"):
        empty = arrival_of(read_prose(blank.form_docx(), name="mall.docx"))
        assert empty.findings == [] and empty.period == ""
    for name in ("template_docx", "template_json"):
        answer = client.get(reverse(f"pictures:{name}", args=[town.partnership.slug]))
        assert answer.status_code == 200 and "attachment" in answer["Content-Disposition"]
    filled = json.loads(answer.content)
    filled["findings"][0] = OPEN | filled["findings"][0] | OPEN
    (one,) = arrival_of(read_prose(json.dumps(filled).encode(), name="mall.json")).findings
    assert (one.title, one.secrecy, one.problems) == ("Stölder i hamnen", "none", ())
    held = document(
        paragraph("Nätverket", "Rubrik1"),
        paragraph("HEMLIGT"),
        paragraph("Sekretess: OSL 18:1"),
        paragraph("Varför sekretess: Pågår."),
    )
    (secret,) = found(brought(town, held, by="officer"))
    assert secret.is_held_back and secret.secrecy_ground == "Pågår." and secret.text == ""


def test_a_file_is_its_partys_own_and_forgotten_within_the_hour(town: Town) -> None:
    file = brought(town, TODAY)
    with pytest.raises(Missing):
        services.discard_picture_file(file, by=town.officer)
    with pytest.raises(NotAllowed):
        services.receive_picture_file(town.municipality, name="x", content=b"x", by=town.chair)
    with pytest.raises(Invalid, match="empty"):
        services.receive_picture_file(town.municipality, name="x", content=b"", by=town.coordinator)
    with clock.at(clock.now() + timedelta(hours=2)):
        later = brought(town, b"hej", name="x.txt")
    assert not PictureFile.objects.filter(pk=file.pk).exists()
    assert later.state == PictureFile.State.REFUSED
    client = Client()
    client.force_login(user_of(town.coordinator))
    assert client.get(reverse("pictures:arrived", args=[town.partnership.slug, later.pk])).status_code == 200


def test_from_the_upload_to_the_draft_and_to_the_share_in_the_pages(town: Town) -> None:
    draft = services.start_draft(town.police, period="2027", title="Vår bild", by=town.officer)
    client, slug = Client(), town.partnership.slug
    client.force_login(user_of(town.officer))

    def read(path: Path, *, name: str, limits: Any) -> Any:
        return read_prose(path.read_bytes(), name=name)

    upload = SimpleUploadedFile("bild.json", form(OPEN, SECRET), content_type="application/json")
    with patch("samsyn.evidence.services.prose.read_prose_in_sandbox", read):
        answer = client.post(reverse("pictures:bring", args=[slug]), {"file": upload})
    page = client.get(answer["Location"]).text
    assert "Stölder i hamnen" in page and "18 kap. 1 § OSL" in page and "HEMLIGT" not in page

    path = answer["Location"] + "dela/"
    given = {"receiver": str(town.municipality.pk), "purpose": "handed_over", "ground": "4 §"}
    given |= {"title": "Polisens bild", "period": "2027", "understood": "on"}
    assert "Hålls tillbaka enligt 18 kap. 1 § OSL" in client.get(path).text
    assert client.post(path, given).status_code == 302
    assert client.post(path, given).status_code == 422
    taken = client.post(answer["Location"], {"draft": str(draft.pk), "chosen": ["1"]})
    assert taken["Location"] == reverse("pictures:draft", args=[slug, draft.pk])
    assert draft.findings.get().secrecy == "none"


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("42 procent av 1 200 anmälningar", ["42 procent", "1 200 anmälningar"]),
        ("En ökning med 3,5 % sedan 2019.", ["3,5 %"]),
        ("Lag (2023:196) 4 §, den 3 mars 2027, 2027-03-03 kl. 14.30.", []),
        ("Källa: Brå. 42 fall.", []),
        ("Ring 090-12 34 56, hus 7.", ["7"]),
        ("Enligt SCB bor 75 000 här.\n12 fall", ["12 fall"]),
        ("", []),
    ],
)
def test_a_number_without_a_source(text: str, marked: list[str]) -> None:
    assert without_source(text) == marked
