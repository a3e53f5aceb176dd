"""What a city's purchasers ask for, written as one folder: `make procurement`.

Run with the packages that tests need. Nothing of the portal imports it.
"""
