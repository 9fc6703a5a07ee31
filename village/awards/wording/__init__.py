"""What the awards say: refusals and lines of the log, in Arabic, French and English."""

from village.awards.wording import judging, preparing

REFUSALS = judging.REFUSALS | preparing.REFUSALS
DEEDS = judging.DEEDS | preparing.DEEDS
