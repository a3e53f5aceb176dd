"""What runs the portal on a server: files to install, and programs for the operator."""
