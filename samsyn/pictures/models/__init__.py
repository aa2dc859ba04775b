"""The situational picture (lägesbild): each party's private draft, and the joint picture made of them."""

from samsyn.pictures.models.causes import Cause, CauseFigure, CauseVoice, Technique
from samsyn.pictures.models.drafts import DraftCitation, DraftFinding, PrivateDraft
from samsyn.pictures.models.joint import (
    Certainty,
    Picture,
    Point,
    PointFigure,
    PointSource,
    PointVoice,
    Stance,
)
from samsyn.pictures.models.ranking import Criterion, Level, PointScore, RankedPoint, Ranking

__all__ = [
    "Cause",
    "CauseFigure",
    "CauseVoice",
    "Certainty",
    "Criterion",
    "DraftCitation",
    "DraftFinding",
    "Level",
    "Picture",
    "Point",
    "PointFigure",
    "PointScore",
    "PointSource",
    "PointVoice",
    "PrivateDraft",
    "RankedPoint",
    "Ranking",
    "Stance",
    "Technique",
]
