"""Taking back what was done in one step, as one step: what of it returns, what stays and why. No requests, no forms."""
