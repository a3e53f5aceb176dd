<<<<<<< HEAD
"""What a machine needs to run the portal in production, and `make stack`, which runs all of it on one machine."""
=======
"""What runs the portal on a server: files to install, and programs for the operator."""
>>>>>>> h-backup
