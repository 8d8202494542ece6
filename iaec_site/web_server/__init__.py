"""The web server: ready pages answered in the event loop, Django in a few lasting threads beside it.

`python -m iaec_site.web_server HOST PORT` runs it; docs/decisions/0038-web-server.md says why it is made this way.
"""

# How uvicorn is asked to serve, wherever it is.
OPTIONS = {
    "ws": "none",
    "loop": "uvloop",
    "lifespan": "off",
    "interface": "asgi3",
    "backlog": 2048,  # connections that wait for being accepted
    "log_config": None,
    "access_log": False,
    "server_header": False,
    "proxy_headers": False,  # Django reads what a proxy says, and only what the settings trust
    "timeout_graceful_shutdown": 10,  # seconds that requests may take to come to their end when the server is to stop
}
