"""Status reports: what a closed round came to, its foreword, freezing and withholding. No rule of them lives here."""
