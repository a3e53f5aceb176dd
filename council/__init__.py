"""Bodies, papers, consultations, resolutions, and what they make of an edition and of single measures."""
