"""Where Django looks for the models; everything else imports each from the module that defines it."""

from council.auxiliary_files import AuxiliaryFile
from council.bodies import Body
from council.consultations import Consultation, GroupVote, Resolution
from council.papers import Paper, PaperMeasure

__all__ = ["AuxiliaryFile", "Body", "Consultation", "GroupVote", "Paper", "PaperMeasure", "Resolution"]
