"""Whatever the parties do, in whatever order: each person finds the words they may see, and no other word.

A machine writes, shares, merges, adopts and takes back at random, each time with a word of its own. A model
in four lines per level says who may know the word; every row of every table, the journal, the thread and the
search are then asked for it as everybody.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from samsyn.core import clock
from samsyn.core.actors import READING, SYSTEM, VISITOR, WORKING, Actor
from samsyn.core.errors import Invalid, Missing, NotAllowed, Refused
from samsyn.core.journal import Entry
from samsyn.core.rows import Row
from samsyn.core.thread import thread
from samsyn.council.models import Decision
from samsyn.dialogue import services as dialogue
from samsyn.dialogue.models import Dialogue, Voice
from samsyn.dialogue.tests import build as dialogues
from samsyn.evidence import services as evidence
from samsyn.evidence.models import Upload
from samsyn.overview import queries as overview
from samsyn.parties import services as people
from samsyn.parties.models import Appointment, Organisation, Title
from samsyn.parties.tests import build
from samsyn.pictures import clearing
from samsyn.pictures import services as pictures
from samsyn.pictures.models import Certainty, DraftFinding, Picture, Point, PrivateDraft, Secrecy, Stance
from samsyn.pictures.services.drafting import Words
from samsyn.pictures.tests import build as drafts
from samsyn.releases.models import Release
from samsyn.releases.services import withdraw

EDITORS = st.sampled_from(["coordinator", "officer"])
# Mostly those whose work it is, else little happens; the others must be refused at every step.
ANYBODY = (
    EDITORS
    | EDITORS
    | st.sampled_from(
        [
            "coordinator",
            "officer",
            "chair",
            "chief",
            "secretary",
            "owner",
            "auditor",
            "administrator",
            "outsider",
        ]
    )
)
SECRECY = st.sampled_from(["none", "none", "none", "OSL 18:1"])
SECRET_BECAUSE = {"none": "", "OSL 18:1": "Pågående ärende."}
REFUSALS = (Refused, Invalid, Missing, NotAllowed)
CONTENT = [model for model in apps.get_models() if issubclass(model, Row)]


@dataclass
class Word:
    """Where a word stands now. Each place lets its readers in; a word may stand in several."""

    private: UUID | None = None  # the party in whose own rows it stands
    handed_over: set[UUID] = field(default_factory=set)  # shares it was copied into
    joint: bool = False
    shown_in: set[UUID] = field(default_factory=set)  # releases for everybody


class Cooperation(RuleBasedStateMachine):
    @initialize(come_to=st.sampled_from(["taken back", "adopted", "quoted", "merged"]))
    def begin(self, come_to: str) -> None:
        # Each run in a transaction of its own, which commands may open theirs in: as in Django's own cases.
        self.run = transaction.atomic()
        self.run._from_testcase = True
        self.run.__enter__()
        self.town = build.town()
        self.partner = _partner(self.town)
        self.words: dict[str, Word] = {}
        self.ended: set[str] = set()
        self.question = dialogues.dialogue(self.town)
        for body in (Decision.Kind.ENDORSE, Decision.Kind.DECIDE):
            drafts.decision(self.town, body)
        for who in ("coordinator", "officer"):
            self.write_a_finding(who, "none")
            self.write_a_finding(who, "OSL 18:1")
            draft = PrivateDraft.objects.get(party=self._actor(who).party_id)
            self._share(draft, by=self._actor(who))
        for release in Release.objects.filter(kind="pictures.draft"):
            self._take_in(release, 0, by=self._actor("coordinator"))
        if come_to in ("adopted", "taken back"):
            self.adopt("chair")
        if come_to == "taken back":
            pictures.retract_adoption(Picture.objects.get(), by=self._actor("chair"))
        if come_to == "quoted":
            self.a_citizen_answers()
            self._quote(Voice.objects.get(), by=self._actor("officer"))

    def teardown(self) -> None:
        if hasattr(self, "town"):
            for name in [*self.town.actors(), "outsider", "partner", "system", "visitor"]:
                self._look(name)
            transaction.set_rollback(True)
            self.run.__exit__(None, None, None)

    # What people do

    @rule(who=EDITORS, secrecy=SECRECY)
    def write_a_finding(self, who: str, secrecy: str) -> None:
        actor, word = self._actor(who), self._word()
        party = Organisation.objects.get(pk=actor.own_party)
        draft = PrivateDraft.objects.filter(party=party).first()
        if draft is None and not (
            draft := self._done(pictures.start_draft, party, period="2027", title="", by=actor)
        ):
            return
        if self._done(self._write, draft, word, secrecy, by=actor):
            self.words[word] = Word(private=party.pk)

    @rule(who=ANYBODY, data=st.data())
    def write_in_somebodys_draft(self, who: str, data: st.DataObject) -> None:
        if draft := self._one_of(data, PrivateDraft):
            actor, word = self._actor(who), self._word()
            if self._done(self._write, draft, word, "none", by=actor):
                assert actor.party_id == draft.party_id
                self.words[word] = Word(private=draft.party_id)

    @rule(who=ANYBODY, data=st.data())
    def drop_a_finding(self, who: str, data: st.DataObject) -> None:
        if finding := self._one_of(data, DraftFinding):
            word, actor = str(finding.title), self._actor(who)
            if self._done(pictures.drop_finding, finding, by=actor) is not False:
                assert actor.party_id == finding.party_id
                self.words[word].private = None

    @rule(who=EDITORS)
    def receive_a_file(self, who: str) -> None:
        actor, word = self._actor(who), self._word()
        party = Organisation.objects.get(pk=actor.own_party)
        name, purpose = f"{word}.csv", Upload.Purpose.DATASET
        if self._done(
            evidence.receive_file,
            party,
            name=name,
            content=b"a;b\n1;2\n",
            purpose=purpose,
            source_name="",
            by=actor,
        ):
            self.words[word] = Word(private=party.pk)

    @rule(who=ANYBODY, data=st.data())
    def share(self, who: str, data: st.DataObject) -> None:
        if draft := self._one_of(data, PrivateDraft):
            self._share(draft, by=self._actor(who))

    @precondition(lambda self: Release.objects.exclude(withdrawn_at=None).count() < 2)
    @rule(who=ANYBODY, data=st.data())
    def withdraw_a_release(self, who: str, data: st.DataObject) -> None:
        """What was handed over stays with its receiver; what was public is public no more."""
        if release := self._one_of(data, Release):
            if release.kind == "pictures.picture":
                return  # taken back as an adoption, below
            if self._done(withdraw, release, by=self._actor(who)) is not False:
                assert self._actor(who).party_id == release.sender_id

    @rule(who=ANYBODY, data=st.data(), index=st.integers(0, 1))
    def take_into_the_picture(self, who: str, data: st.DataObject, index: int) -> None:
        if release := self._one_of(data, Release, kind="pictures.draft"):
            self._take_in(release, index, by=self._actor(who))

    @rule(who=ANYBODY, data=st.data())
    def see_it_differently(self, who: str, data: st.DataObject) -> None:
        if point := self._one_of(data, Point):
            word, differs = self._word(), Stance.Position.DIFFERS
            actor = self._actor(who)
            before = {one.note for one in Stance.objects.filter(point=point, party=actor.party_id)}
            if self._done(pictures.take_stance, point, position=differs, note=word, by=actor):
                self.words[word] = Word(joint=True)
                for replaced in before & set(self.words):
                    self.words[replaced].joint = False

    @rule(who=st.sampled_from(["chair", "chief", "coordinator"]))
    def adopt(self, who: str) -> None:
        picture = Picture.objects.filter(release=None).first()
        if picture is None:
            return
        town = self.town
        for actor in (self._actor("coordinator"), self._actor("officer")):
            for point in Point.objects.filter(picture=picture).exclude(stances__party=actor.party_id):
                self._done(pictures.take_stance, point, position=Stance.Position.AGREES, by=actor)
            if own := clearing.points_of_party(picture, actor.party_id):
                self._done(
                    pictures.decide_on_secrecy, picture, points=own, section=Secrecy.NONE, ground="", by=actor
                )
        endorsed, decided = (
            Decision.objects.get(partnership=town.partnership, kind=kind)
            for kind in (Decision.Kind.ENDORSE, Decision.Kind.DECIDE)
        )
        self._done(pictures.endorse_picture, picture, decision=endorsed, by=self._actor("chair"))
        if release := self._done(pictures.adopt_picture, picture, decision=decided, by=self._actor(who)):
            self._shown(release)

    @rule(who=st.sampled_from(["chair", "secretary", "coordinator", "outsider"]), data=st.data())
    def take_the_adoption_back(self, who: str, data: st.DataObject) -> None:
        if picture := self._one_of(data, Picture):
            self._done(pictures.retract_adoption, picture, by=self._actor(who))

    @rule()
    def a_citizen_answers(self) -> None:
        word = self._word()
        if self._done(dialogue.answer, self.question, text=word, submission=uuid4(), by=VISITOR):
            self.words[word] = Word(joint=True)

    @rule(who=ANYBODY, data=st.data())
    def quote_a_voice(self, who: str, data: st.DataObject) -> None:
        if voice := self._one_of(data, Voice, state=Voice.State.RECEIVED):
            self._quote(voice, by=self._actor(who))

    @precondition(lambda self: len(self.ended) < 4)
    @rule(who=st.sampled_from(["owner", "auditor", "secretary", "chair", "officer"]))
    def somebody_leaves(self, who: str) -> None:
        if who not in self.ended:
            self.ended.add(who)
            for held in Appointment.objects.filter(user=getattr(self.town, who).user_id):
                people.end_appointment(held, last_day=clock.today() - timedelta(days=1), by=SYSTEM)

    @rule(who=st.sampled_from(["secretary", "officer"]))
    def somebody_comes_back(self, who: str) -> None:
        if who in self.ended:
            self.ended.remove(who)
            held = Appointment.objects.filter(user=getattr(self.town, who).user_id).latest("id")
            people.appoint(
                held.organisation,
                email=held.user.email,
                name=held.user.name,
                title=Title(held.title),
                since=clock.today(),
                by=SYSTEM,
            )

    @rule(who=ANYBODY)
    def look(self, who: str) -> None:
        self._look(who)

    # What they may know, and what they find

    def _may_know(self, word: Word, actor: Actor) -> bool:
        here = self.town.partnership.pk in actor.partnership_ids
        works, reads = bool(actor.roles & WORKING), bool(actor.roles & READING)
        shares = Release.objects.filter(pk__in=word.handed_over).values_list("sender", "receiver")
        return (
            (word.private is not None and word.private == actor.party_id and works)
            or any(actor == SYSTEM or (reads and here and actor.party_id in ends) for ends in shares)
            or (word.joint and works and here)
            or (bool(word.shown_in) and reads and here)
            or Release.objects.filter(pk__in=word.shown_in, withdrawn_at=None).exists()
            or (bool(word.shown_in) and actor == SYSTEM)
        )

    def _look(self, who: str) -> None:
        actor = self._actor(who)
        found = "\n".join(_everything_for(actor, self.town))
        seen = {word for word in self.words if word in found}
        assert seen == {word for word, stands in self.words.items() if self._may_know(stands, actor)}, who
        journal = repr(list(Entry.objects.values_list("command", "changes", "facts")))
        assert not [word for word in self.words if word in journal]

    # Small helps

    def _actor(self, who: str) -> Actor:
        """As the database knows them now."""
        others = {"system": SYSTEM, "visitor": VISITOR, "partner": self.partner}
        return others.get(who) or getattr(self.town, who).renewed()

    def _word(self) -> str:
        return f"Ord{uuid4().hex[:12]}"

    def _write(self, draft: PrivateDraft, word: str, secrecy: str, *, by: Actor) -> DraftFinding:
        fairly, words = Certainty.FAIRLY, Words(word, "Mer än förr.")
        return pictures.write_finding(
            draft,
            words=words,
            certainty=fairly,
            priority_key="",
            secrecy=secrecy,
            secrecy_ground=SECRET_BECAUSE[secrecy],
            by=by,
        )

    def _share(self, draft: PrivateDraft, *, by: Actor) -> None:
        town = self.town
        receiver = town.police if draft.party_id == town.municipality.pk else town.municipality
        told = {str(one.title) for one in draft.findings.all() if one.secrecy == "none"}
        facts = {"partnership": town.partnership, "purpose": "handed_over", "ground": "2023:196 4 §"}
        if release := self._done(pictures.share_draft, draft, receiver=receiver, by=by, **facts):
            assert by.party_id == draft.party_id
            for word in told:
                self.words[word].handed_over.add(release.pk)

    def _take_in(self, release: Release, index: int, *, by: Actor) -> None:
        picture = Picture.objects.filter(release=None).first() or self._done(
            pictures.open_picture, self.town.partnership, period="2027", scope="allt", by=by
        )
        if not picture:
            return
        if point := self._done(pictures.place_finding, picture, release=release, index=index, by=by):
            self.words[point.title].joint = True

    def _quote(self, voice: Voice, *, by: Actor) -> None:
        theme = self._done(dialogue.add_theme, self.question, title="t", summary="", by=by)
        if theme and self._done(dialogue.accept_voice, voice, by=by) is not False:
            dialogue.sort_voice(voice, theme=theme, is_quoted=True, by=by)
            question = Dialogue.objects.get(pk=self.question.pk)
            self._shown(dialogue.summarise(question, not_heard="", by=by))

    def _shown(self, release: Release) -> None:
        for word, stands in self.words.items():
            if word in release.content:
                stands.shown_in.add(release.pk)

    def _done(self, perform: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """What the command answers; False when it refused."""
        try:
            return perform(*args, **kwargs)
        except REFUSALS:
            return False

    def _one_of(self, data: st.DataObject, model: Any, **only: Any) -> Any:
        rows = list(model.objects.filter(**only).order_by("id"))
        return data.draw(st.sampled_from(rows), label=model.__name__) if rows else None


def _partner(town: build.Town) -> Actor:
    """Somebody who reads along in the partnership for neither of the parties that hand over."""
    region = people.found_organisation("Regionen", kind=Organisation.Kind.REGION, by=SYSTEM)
    people.add_member(town.partnership, organisation=region, is_party=False, by=SYSTEM)
    return build.person(region, Title.COUNCIL_MEMBER)


def _everything_for(actor: Actor, town: build.Town) -> Iterator[str]:
    """All that the actor's own queries return, sealed text opened."""
    for model in CONTENT:
        for row in model._default_manager.visible_to(actor):
            yield from (str(getattr(row, column.attname)) for column in row._meta.concrete_fields)
    if actor.partnership_ids:
        place = overview.place_of(town.partnership)
        yield repr(thread.nodes(actor, place))
        yield repr(overview.search("Ord", actor, town.partnership))
        yield repr(overview.tasks_for(actor, town.partnership))


@pytest.mark.django_db
def test_each_finds_what_they_may_see_and_nothing_else() -> None:
    run_state_machine_as_test(
        Cooperation,
        settings=settings(
            max_examples=int(os.environ.get("SAMSYN_EXAMPLES") or 12),
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
