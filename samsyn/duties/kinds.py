"""What each thing that is recorded by hand asks for, as data: forms and commands read the same table."""

from dataclasses import dataclass

from samsyn.duties.models import EventKind, Tick

K, T = EventKind, Tick
ABOUT_PICTURE = (T.EXTENT, T.CONSEQUENCES, T.OTHER, T.ANALYSIS, T.BOTH)
PAPERS = (T.PURPOSE, T.WEIGHING, T.SIGNAGE, T.RETENTION)


@dataclass(frozen=True)
class Asks:
    """Which fields a kind has beside day, decision, reference and note."""

    is_decided: bool = False  # a body's decision: which one must be said
    can_end: bool = False
    share: bool = False
    actor: bool = False
    ticks: tuple[Tick, ...] = ()
    own: bool = False  # a duty of one's own: title, months and the first day
    done: bool = False  # that a duty of one's own was done: which


ASKS: dict[EventKind, Asks] = {
    K.PICTURE: Asks(is_decided=True, ticks=ABOUT_PICTURE),
    K.CONTENT: Asks(ticks=ABOUT_PICTURE),
    K.REVIEW: Asks(ticks=(T.CHANGED,)),
    K.PLAN: Asks(is_decided=True, can_end=True, ticks=(T.OWN_MEASURES, T.EACH_FINDING, T.EACH_PRIORITY)),
    K.FOLLOW_UP: Asks(ticks=(T.EACH_VERDICT,)),
    K.INTEGRATION: Asks(),
    K.WRITTEN: Asks(can_end=True, actor=True, ticks=(T.PURPOSES, T.AREAS)),
    K.ATTEMPT_AGREEMENT: Asks(),
    K.ATTEMPT_COUNCIL: Asks(),
    K.ATTEMPT_LEADING: Asks(),
    K.CHAIR: Asks(can_end=True, ticks=(T.MUNICIPALITY,)),
    K.SEAT: Asks(can_end=True, actor=True, ticks=(T.LEADING,)),
    K.MEETING: Asks(),
    K.FUNCTION: Asks(can_end=True, share=True),
    K.CONTACT: Asks(can_end=True),
    K.INFORMATION: Asks(),
    K.LEAD: Asks(is_decided=True, can_end=True),
    K.REPORT: Asks(),
    K.CAMERA: Asks(can_end=True, ticks=PAPERS),
    K.CAMERA_REVIEW: Asks(ticks=PAPERS),
    K.DIALOGUE: Asks(ticks=(T.ON_PICTURE, T.ON_MEASURES)),
    K.INVOLVED: Asks(actor=True),
    K.LOCAL_DUTY: Asks(can_end=True, own=True),
    K.LOCAL_DONE: Asks(done=True),
}
# A tick that says that nothing is missing, as the count that the rules ask for.
NOTHING_MISSING = {
    T.EACH_FINDING: "without_finding",
    T.EACH_PRIORITY: "without_priority",
    T.EACH_VERDICT: "without_verdict",
}
