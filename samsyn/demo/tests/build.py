"""The exercise, for tests of other rooms."""

from samsyn.demo import loading


def exercise() -> None:
    """Both partnerships. Half a minute; `standing.once` makes that once a run."""
    loading.load(say=lambda text: None)
