"""Who did what to which node: every action that leaves a record, and what is made of records. No requests, no forms."""
