from tests.contract.serving import security_data, served

__all__ = ["security_data", "served"]
