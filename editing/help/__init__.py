"""The manual and the glossary inside the administration: docs/ as pages, and which section explains which page."""
