"""The fields of a result table as QGIS knows fields."""

from __future__ import annotations

from qgis.core import QgsField, QgsFields
from qgis.PyQt.QtCore import QVariant

from .result_tables import BOOLEAN, INTEGER, REAL, TEXT, Table

_FIELD_TYPES = {
    TEXT: QVariant.String,
    REAL: QVariant.Double,
    INTEGER: QVariant.LongLong,
    BOOLEAN: QVariant.Bool,
}


def table_fields(table: Table) -> QgsFields:
    """The fields of a result table, with aliases."""
    fields = QgsFields()
    for each in table.fields:
        field = QgsField(each.name, _FIELD_TYPES[each.kind])
        field.setAlias(each.alias)
        fields.append(field)
    return fields
