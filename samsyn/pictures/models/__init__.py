"""The situational picture (lägesbild): each party's private draft, and the joint picture made of them."""

from samsyn.pictures.models.drafts import DraftCitation, DraftFinding, PrivateDraft
from samsyn.pictures.models.errata import Erratum, ErratumApproval
from samsyn.pictures.models.joint import (
    Certainty,
    Picture,
    Point,
    PointFigure,
    PointSource,
    PointVoice,
    Stance,
)
from samsyn.pictures.models.reviews import GonePoint, Review, ReviewedPoint

__all__ = [
    "Certainty",
    "DraftCitation",
    "DraftFinding",
    "Erratum",
    "ErratumApproval",
    "GonePoint",
    "Picture",
    "Point",
    "PointFigure",
    "PointSource",
    "PointVoice",
    "PrivateDraft",
    "Review",
    "ReviewedPoint",
    "Stance",
]
