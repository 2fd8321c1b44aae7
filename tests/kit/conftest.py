from tests.core.scratch import database

__all__ = ["database"]
