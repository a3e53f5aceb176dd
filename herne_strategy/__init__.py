"""The portal as a whole: settings, addresses, pages that mix levels, roles and persons. Nothing imports it."""
