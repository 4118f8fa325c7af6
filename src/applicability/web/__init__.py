"""The page and the HTTP interface: one application over `applicability.service`. FastAPI is imported here alone."""
