"""What is made of an edition: print views, Synopse, PDF, archive. The council's record comes in as plain data."""
