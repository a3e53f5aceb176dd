"""How people work on the strategy together, below /verwaltung/. No page of readers, no model of a level."""
