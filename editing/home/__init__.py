"""The start page of the administration, and the page that hands the strategy over to a successor."""
