"""The page and the HTTP interface: one ASGI application over `applicability.service`. FastAPI is imported here alone."""
