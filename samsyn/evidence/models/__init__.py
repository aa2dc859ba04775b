"""What the parties know, and what one of them asks for."""

from samsyn.evidence.models.known import (
    Dataset,
    DisclosurePattern,
    DisclosurePolicy,
    Figure,
    FigureInput,
    FigureOrder,
    FigureRow,
    FileTemplate,
    OpenSource,
    OrderInput,
    Outlines,
    Population,
    Revision,
    SealedJson,
    SourceMapping,
    Upload,
)
from samsyn.evidence.models.requests import EvidenceReply, EvidenceRequest

__all__ = [
    "Dataset",
    "DisclosurePattern",
    "DisclosurePolicy",
    "EvidenceReply",
    "EvidenceRequest",
    "Figure",
    "FigureInput",
    "FigureOrder",
    "FigureRow",
    "FileTemplate",
    "OpenSource",
    "OrderInput",
    "Outlines",
    "Population",
    "Revision",
    "SealedJson",
    "SourceMapping",
    "Upload",
]
