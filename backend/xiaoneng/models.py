"""Every table of the product, for Alembic."""

from xiaoneng.core.accounts import models as accounts
from xiaoneng.core.files import models as files
from xiaoneng.core.notifications import models as notifications
from xiaoneng.core.numbering import models as numbering
from xiaoneng.core.organization import models as organization
from xiaoneng.core.outbox import models as outbox
from xiaoneng.core.taxonomy import models as taxonomy
from xiaoneng.core.timeline import models as timeline
from xiaoneng.core.transfers.models import exports, imports
from xiaoneng.core.views import models as views
from xiaoneng.core.worktime.models import calendars as worktime_calendars
from xiaoneng.core.worktime.models import changes as worktime_changes
from xiaoneng.core.worktime.models import clocks as worktime_clocks
from xiaoneng.core.worktime.models import policies as worktime_policies
from xiaoneng.features.campaigns.models import campaigns
from xiaoneng.features.campaigns.models import deliverables as campaign_deliverables
from xiaoneng.features.campaigns.models import reports as campaign_reports
from xiaoneng.features.campaigns.models import tasks as campaign_tasks
from xiaoneng.features.campaigns.models import templates as campaign_templates
from xiaoneng.features.cases.models import assignments as case_assignments
from xiaoneng.features.cases.models import case as cases
from xiaoneng.features.cases.models import merges as case_merges
from xiaoneng.features.cases.models import requests as case_requests
from xiaoneng.features.cases.models import texts as case_texts
from xiaoneng.features.evaluations.models import ballots as evaluation_ballots
from xiaoneng.features.evaluations.models import pool as evaluation_pool
from xiaoneng.features.evaluations.models import results as evaluation_results
from xiaoneng.features.evaluations.models import rounds as evaluation_rounds
from xiaoneng.features.evaluations.models import schemes as evaluation_schemes
from xiaoneng.features.hotline import models as hotline
from xiaoneng.features.inspections.models import checklists as inspection_checklists
from xiaoneng.features.inspections.models import findings as inspection_findings
from xiaoneng.features.inspections.models import inspections, letters, self_checks
from xiaoneng.features.inspections.models import plans as inspection_plans
from xiaoneng.features.monitoring.models import duties as monitoring_duties
from xiaoneng.features.monitoring.models import infos as monitoring_infos
from xiaoneng.features.monitoring.models import points as monitoring_points
from xiaoneng.features.rectification.models import acceptance, institutions, look_backs
from xiaoneng.features.rectification.models import items as rectification
from xiaoneng.features.rectification.models import ledgers as rectification_ledgers
from xiaoneng.features.rectification.models import plans as rectification_plans
from xiaoneng.features.supervision.models import instructions as case_instructions
from xiaoneng.features.supervision.models import listings as case_listings
from xiaoneng.kit import idempotency

__all__ = [
    "acceptance",
    "accounts",
    "campaign_deliverables",
    "campaign_reports",
    "campaign_tasks",
    "campaign_templates",
    "campaigns",
    "case_assignments",
    "case_instructions",
    "case_listings",
    "case_merges",
    "case_requests",
    "case_texts",
    "cases",
    "evaluation_ballots",
    "evaluation_pool",
    "evaluation_results",
    "evaluation_rounds",
    "evaluation_schemes",
    "exports",
    "files",
    "hotline",
    "idempotency",
    "imports",
    "inspection_checklists",
    "inspection_findings",
    "inspection_plans",
    "inspections",
    "institutions",
    "letters",
    "look_backs",
    "monitoring_duties",
    "monitoring_infos",
    "monitoring_points",
    "notifications",
    "numbering",
    "organization",
    "outbox",
    "rectification",
    "rectification_ledgers",
    "rectification_plans",
    "self_checks",
    "taxonomy",
    "timeline",
    "views",
    "worktime_calendars",
    "worktime_changes",
    "worktime_clocks",
    "worktime_policies",
]
