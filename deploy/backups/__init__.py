"""Backups of the database: taking, keeping and restoring them. Run by deploy/backup and deploy/restore."""
