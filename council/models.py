"""All models of the council, under one name each."""

from council.bodies import Body
from council.consultations import Consultation, GroupVote, Resolution
from council.papers import Paper, PaperMeasure

__all__ = ["Body", "Consultation", "GroupVote", "Paper", "PaperMeasure", "Resolution"]
