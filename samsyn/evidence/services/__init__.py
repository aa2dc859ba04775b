"""What can be done with evidence: take in files, enter population, make figures."""

from samsyn.evidence.services.figures import (
    check_figure,
    discard_order,
    order_figure,
    record_figure,
    refuse_figure,
)
from samsyn.evidence.services.files import (
    accept_dataset,
    answer_questions,
    discard_file,
    receive_file,
    record_reading,
    remember_mapping,
)
from samsyn.evidence.services.populations import enter_population, import_population

__all__ = [
    "accept_dataset",
    "answer_questions",
    "check_figure",
    "discard_file",
    "discard_order",
    "enter_population",
    "import_population",
    "order_figure",
    "receive_file",
    "record_figure",
    "record_reading",
    "refuse_figure",
    "remember_mapping",
]
