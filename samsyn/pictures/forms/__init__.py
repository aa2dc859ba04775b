"""The forms of the drafts and the joint picture."""
