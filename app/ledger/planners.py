"""Which planner works through a document of which type."""

from sqlalchemy import Connection

from app.core.documents import Document, DocumentType
from app.ledger.planning import Planner
from app.ledger.planning_builds import BuildPlanner
from app.ledger.planning_returns import ReturnPlanner
from app.ledger.planning_values import CostingChangePlanner, LandedCostPlanner, RevaluationPlanner

_PLANNERS: dict[DocumentType, type[Planner]] = {
    DocumentType.SUPPLIER_RETURN: ReturnPlanner,
    DocumentType.CUSTOMER_RETURN: ReturnPlanner,
    DocumentType.TRANSFER_SHIP: ReturnPlanner,
    DocumentType.TRANSFER_RECEIVE: ReturnPlanner,
    DocumentType.BUILD: BuildPlanner,
    DocumentType.UNBUILD: BuildPlanner,
    DocumentType.LANDED_COST: LandedCostPlanner,
    DocumentType.REVALUATION: RevaluationPlanner,
    DocumentType.COSTING_CHANGE: CostingChangePlanner,
}


def planner_of(connection: Connection, document: Document, places: int) -> Planner:
    """Return the planner of a document about stock, with its items looked up and locked."""
    return _PLANNERS.get(document.type, Planner)(connection, document, places)
