from tests.core.scratch import anyio_backend, database, pivot

__all__ = ["anyio_backend", "database", "pivot"]
