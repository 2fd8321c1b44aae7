"""The one list of operations under /api/v1."""

from fastapi.routing import APIRoute

from xiaoneng.core.accounts.public import public as public_accounts
from xiaoneng.core.accounts.routes import routes as accounts
from xiaoneng.core.files.routes import routes as files
from xiaoneng.core.notifications.routes import routes as notifications
from xiaoneng.core.organization.routes import routes as organization
from xiaoneng.core.taxonomy.public import public as public_taxonomy
from xiaoneng.core.taxonomy.routes import routes as taxonomy
from xiaoneng.core.worktime.routes import routes as worktime
from xiaoneng.features.cases.public import public as public_cases
from xiaoneng.features.cases.routes import routes as cases
from xiaoneng.features.hotline.routes import routes as hotline
from xiaoneng.features.rectification.routes import routes as rectification
from xiaoneng.features.statistics.routes import routes as statistics

_ROUTERS = (
    public_accounts,
    accounts,
    organization,
    taxonomy,
    worktime,
    files,
    notifications,
    cases,
    rectification,
    hotline,
    statistics,
    public_cases,
    public_taxonomy,
)

operations = [route for router in _ROUTERS for route in router.routes if isinstance(route, APIRoute)]
"""Every operation, in the order of the description."""
