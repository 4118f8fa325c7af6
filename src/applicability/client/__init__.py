"""A typed client of the HTTP interface: `Client` for plain programs, `AsyncClient` for asynchronous ones.

>>> from applicability.client import Client
>>> client = Client("http://127.0.0.1:8155")
>>> client.pinned is None
True
"""

from applicability.client.async_client import AsyncClient
from applicability.client.client import Client
from applicability.client.requests import ServiceError, ServiceProblem

__all__ = ["AsyncClient", "Client", "ServiceError", "ServiceProblem"]
