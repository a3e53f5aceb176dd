"""What a machine needs to run the portal in production, and `make stack`, which runs all of it on one machine."""
