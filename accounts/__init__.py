"""Login of staff: account pages, second factors, the city's directory. Roles and persons are with the portal."""
