"""Chapters, Themenfelder and their Leitlinien: models, declarations, pages."""
