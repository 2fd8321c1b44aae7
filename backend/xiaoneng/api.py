"""The one list of operations under /api/v1."""

from xiaoneng.core.accounts.public import public as public_accounts
from xiaoneng.core.accounts.routes import routes as accounts
from xiaoneng.core.files.routes import routes as files
from xiaoneng.core.notifications.routes import routes as notifications
from xiaoneng.core.organization.routes.bodies import routes as bodies
from xiaoneng.core.organization.routes.leaves import routes as leaves
from xiaoneng.core.organization.routes.people import routes as people
from xiaoneng.core.organization.routes.units import routes as units
from xiaoneng.core.taxonomy.public import public as public_taxonomy
from xiaoneng.core.taxonomy.routes import routes as taxonomy
from xiaoneng.core.transfers.routes.approvals import routes as export_approvals
from xiaoneng.core.transfers.routes.exports import routes as exports
from xiaoneng.core.transfers.routes.imports import routes as imports
from xiaoneng.core.views.routes import routes as views
from xiaoneng.core.worktime.routes import routes as worktime
from xiaoneng.features.campaigns.routes.campaigns import routes as campaigns
from xiaoneng.features.campaigns.routes.deliverables import routes as campaign_deliverables
from xiaoneng.features.campaigns.routes.reports import routes as campaign_reports
from xiaoneng.features.campaigns.routes.tasks import routes as campaign_tasks
from xiaoneng.features.campaigns.routes.templates import routes as campaign_templates
from xiaoneng.features.cases.public import public as public_cases
from xiaoneng.features.cases.routes.assignments import routes as case_assignments
from xiaoneng.features.cases.routes.bulk import routes as case_bulk
from xiaoneng.features.cases.routes.cases import routes as cases
from xiaoneng.features.cases.routes.clocks import routes as case_clocks
from xiaoneng.features.cases.routes.dispatching import routes as dispatching
from xiaoneng.features.cases.routes.exports import routes as case_exports
from xiaoneng.features.cases.routes.handling import routes as handling
from xiaoneng.features.cases.routes.merging import routes as merging
from xiaoneng.features.cases.routes.requests import routes as case_requests
from xiaoneng.features.evaluations.public import public as public_evaluations
from xiaoneng.features.evaluations.routes.pool import routes as evaluation_pool
from xiaoneng.features.evaluations.routes.results import routes as evaluation_results
from xiaoneng.features.evaluations.routes.rounds import routes as evaluation_rounds
from xiaoneng.features.evaluations.routes.schemes import routes as evaluation_schemes
from xiaoneng.features.hotline.routes import routes as hotline
from xiaoneng.features.inspections.routes.findings import routes as inspection_findings
from xiaoneng.features.inspections.routes.inspections import routes as inspections
from xiaoneng.features.inspections.routes.letter_actions import routes as letter_actions
from xiaoneng.features.inspections.routes.letters import routes as letters
from xiaoneng.features.inspections.routes.plans import routes as inspection_plans
from xiaoneng.features.inspections.routes.self_checks import routes as self_checks
from xiaoneng.features.monitoring.routes.infos import routes as monitoring_infos
from xiaoneng.features.monitoring.routes.monitors import routes as monitors
from xiaoneng.features.monitoring.routes.points import routes as monitoring_points
from xiaoneng.features.rectification.public import public as public_closeouts
from xiaoneng.features.rectification.routes.acceptance import routes as item_acceptance
from xiaoneng.features.rectification.routes.actions import routes as item_actions
from xiaoneng.features.rectification.routes.bulk import routes as item_bulk
from xiaoneng.features.rectification.routes.extensions import routes as item_extensions
from xiaoneng.features.rectification.routes.institutions import routes as institutions
from xiaoneng.features.rectification.routes.items import routes as rectification
from xiaoneng.features.rectification.routes.ledgers import routes as imported_ledgers
from xiaoneng.features.rectification.routes.look_backs import routes as look_backs
from xiaoneng.features.rectification.routes.papers import routes as rectification_papers
from xiaoneng.features.statistics.routes import routes as statistics
from xiaoneng.features.supervision.public import public as public_listings
from xiaoneng.features.supervision.routes.instructions import routes as instructions
from xiaoneng.features.supervision.routes.listings import routes as listings

_ROUTERS = (
    public_accounts,
    accounts,
    units,
    people,
    leaves,
    bodies,
    taxonomy,
    worktime,
    files,
    notifications,
    views,
    exports,
    export_approvals,
    imports,
    campaign_templates,
    campaigns,
    campaign_deliverables,
    campaign_tasks,
    campaign_reports,
    cases,
    case_clocks,
    dispatching,
    handling,
    merging,
    case_assignments,
    case_requests,
    case_exports,
    case_bulk,
    rectification,
    item_bulk,
    item_actions,
    item_extensions,
    item_acceptance,
    look_backs,
    rectification_papers,
    imported_ledgers,
    institutions,
    self_checks,
    inspection_plans,
    inspections,
    inspection_findings,
    letters,
    letter_actions,
    instructions,
    listings,
    monitoring_points,
    monitors,
    monitoring_infos,
    hotline,
    evaluation_schemes,
    evaluation_pool,
    evaluation_rounds,
    evaluation_results,
    statistics,
    public_cases,
    public_listings,
    public_closeouts,
    public_evaluations,
    public_taxonomy,
)

operations = [route for router in _ROUTERS for route in router.routes]
"""Every operation, in the order of the description."""
