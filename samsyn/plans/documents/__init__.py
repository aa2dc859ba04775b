"""What is printed: the decided plan, the police's part of it, and the follow-up report."""

from samsyn.plans.documents import follow_up, plan

__all__ = ["follow_up", "plan"]
