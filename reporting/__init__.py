"""Status reports (Sachstandsberichte): what a closed reporting round came to, frozen like an edition."""
