from tests.core.scratch import anyio_backend, database

__all__ = ["anyio_backend", "database"]
