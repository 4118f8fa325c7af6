"""The page (to come)."""
from fastapi import APIRouter, FastAPI
router = APIRouter(include_in_schema=False)
def mount_static(app: FastAPI) -> None:
    """Later."""
