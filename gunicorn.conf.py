"""What gunicorn may believe of a request. It reads this file by itself where it is started in this folder.

By default it takes SCRIPT_NAME and the scheme from headers, if they come from this machine; every proxy on it passes on
what a client sends. The portal stands at the root, and reads X-Forwarded-Proto itself where BEHIND_PROXY says that a
proxy sets it.
"""

forwarder_headers = ""
header_map = "drop"  # a name with "_" would become the same variable as one with "-"
secure_scheme_headers: dict[str, str] = {}
