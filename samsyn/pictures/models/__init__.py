"""The situational picture (lägesbild): each party's private draft, and the joint picture made of them."""

from samsyn.pictures.models.arriving import PictureFile
from samsyn.pictures.models.causes import Cause, CauseFigure, CauseVoice, Technique
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
from samsyn.pictures.models.ranking import Criterion, Level, PointScore, RankedPoint, Ranking
from samsyn.pictures.models.reviews import GonePoint, Review, ReviewedPoint
from samsyn.pictures.models.secrecy import PointSecrecy, Secrecy
from samsyn.pictures.models.staff import StaffCitation, StaffDialogue

__all__ = [
    "Cause",
    "CauseFigure",
    "CauseVoice",
    "Certainty",
    "Criterion",
    "DraftCitation",
    "DraftFinding",
    "Erratum",
    "ErratumApproval",
    "GonePoint",
    "Level",
    "Picture",
    "PictureFile",
    "Point",
    "PointFigure",
    "PointScore",
    "PointSecrecy",
    "PointSource",
    "PointVoice",
    "PrivateDraft",
    "RankedPoint",
    "Ranking",
    "Review",
    "ReviewedPoint",
    "Secrecy",
    "StaffCitation",
    "StaffDialogue",
    "Stance",
    "Technique",
]
