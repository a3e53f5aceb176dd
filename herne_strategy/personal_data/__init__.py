"""Which personal data the portal stores, what for and how long, and what deletes them. It stores none itself."""
