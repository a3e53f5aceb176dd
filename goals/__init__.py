"""Strategic and operational goals, and the seventeen SDGs: models, declarations, pages."""
