"""What workers do for the platform itself."""

from django_tasks import task

from samsyn.core import limits, schedule


@task()
def forget() -> None:
    """Remove counts of what is past."""
    limits.forget()


schedule.hourly("core.forget", forget)
