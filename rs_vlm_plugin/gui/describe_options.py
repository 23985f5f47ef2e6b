"""How closely to look: the policy and the budget, folded away because the defaults serve."""

from __future__ import annotations

from typing import Optional, Sequence

from qgis.gui import QgsCollapsibleGroupBox
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QComboBox, QFormLayout, QLabel, QSpinBox, QToolButton, QWidget

from ..settings import LARGEST_BUDGET, POLICIES, SMALLEST_BUDGET
from .narrow import keep_narrow, wrap_in_any_width
from .policy_names import policy_name


class DescribeOptions(QgsCollapsibleGroupBox):
    """Policy and budget of a look at a region."""

    def __init__(
        self,
        policy: str,
        budget: int,
        parent: Optional[QWidget] = None,
        policies: Sequence[str] = POLICIES,
        name: str = "rsVlm",
    ) -> None:
        """Make them.

        Args:
            policy: chosen at first.
            budget: likewise, in tiles.
            parent: where they lie.
            policies: the ones to choose from.
            name: what the widgets' names begin with.
        """
        super().__init__(parent)
        self.setObjectName(f"{name}Options")
        self.setTitle(self.tr("How closely to look"))
        self.policy_box = QComboBox(self)
        self.policy_box.setObjectName(f"{name}Policy")
        self.policy_box.setAccessibleName(self.tr("Where to look closer"))
        for each in policies:
            self.policy_box.addItem(policy_name(each), each)
        self.policy_box.setCurrentIndex(self.policy_box.findData(policy))
        keep_narrow(self.policy_box)
        self.budget_box = QSpinBox(self)
        self.budget_box.setObjectName(f"{name}Budget")
        self.budget_box.setRange(SMALLEST_BUDGET, LARGEST_BUDGET)
        self.budget_box.setValue(budget)
        self.budget_box.setSuffix(self.tr(" tiles"))
        self.budget_box.setAccessibleName(self.tr("Most tiles to look at"))
        self.budget_box.setToolTip(
            self.tr(
                "Most tiles the model looks at, the overview included. More tiles see smaller "
                "things and take longer; 32 take a few seconds."
            )
        )
        self.explanation = QLabel(self)
        wrap_in_any_width(self.explanation)
        form = QFormLayout(self)
        form.addRow(self.tr("Loo&k closer"), self.policy_box)
        form.addRow(self.tr("&Up to"), self.budget_box)
        form.addRow(self.explanation)
        self.policy_box.currentIndexChanged.connect(self._explain)
        self._explain()
        self.setCollapsed(True)
        # The frame cannot be used; what opens it can, but QGIS gives that no name.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for button in self.findChildren(QToolButton):
            button.setAccessibleName(self.title())
            button.setToolTip(self.tr("Where to look closer, and how many tiles to look at"))

    def policy(self) -> str:
        """Name of the policy chosen."""
        return self.policy_box.currentData()

    def budget(self) -> int:
        """Most tile evaluations."""
        return self.budget_box.value()

    def _explain(self) -> None:
        text = {
            "content": self.tr(
                "Reads the region coarsely, then looks closer where there is most detail."
            ),
            "fixed": self.tr("Cuts the region into tiles of one size: the conventional way."),
            "random": self.tr("Looks closer at random places: a yardstick for the others."),
            "query": self.tr(
                "Reads the region coarsely, then looks closer wherever what is looked for may be "
                "and is still in doubt: it finds most with few tiles."
            ),
        }[self.policy()]
        self.explanation.setText(text)
        self.policy_box.setToolTip(text)
