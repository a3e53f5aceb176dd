"""The working tree as a table, for spreadsheets: out as XLSX or CSV, and back in after a preview."""
