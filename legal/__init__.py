"""The pages that the law asks for, and reports of barriers. Knows no strategy and no account."""
