"""Published pages as files: written here, answered by nginx without waking Python (docs/adr/0017). Decides nothing
about what is public: it asks the application, as a reader would."""
