"""The Search tab: build the project's index, type, see places, refine them, put them on the map."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING, List, Optional, Tuple

from qgis.core import QgsCoordinateReferenceSystem, QgsProject, QgsRasterLayer
from qgis.gui import QgisInterface
from qgis.PyQt.QtCore import Qt, QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ... import dependencies
from ...engine.errors import RsVlmError
from ...model_actions import why_not
from ...session import session
from ...settings import load_settings
from ...spoken import error_text, spoken_all
from .. import messages
from ..evidence import point_at
from ..narrow import wrap_in_any_width
from .background import NewestJob
from .concept_bar import ConceptBar
from .counted import places_text
from .filter_notes import filter_notes
from .filters import SearchFilters
from .history import remember_query
from .index_bar import IndexBar
from .index_control import IndexControl
from .map_results import MapResults
from .open_indexes import OpenIndexes
from .project_index import raster_file, searched_indexes
from .query_line import QueryLine
from .refinement import Refinement
from .result_model import ResultModel
from .result_pages import ResultPages
from .searching import SearchAnswer, SearchRequest, find, find_closer, warm_up
from .thumbnails import Thumbnails

if TYPE_CHECKING:
    from ...engine.search import Concept, Hit
    from ...session import Entry
    from .index_state import IndexState

TYPING_MS = 200
_CLOSER_AFTER_MS = 350
_SAY_SEARCHING_AFTER_MS = 250
_ZOOM_SHARE = 0.12


class SearchPanel(QWidget):
    """Everything around one search at a time.

    `answered` follows each answer or failure of a search, `looked_closer` the outlines that come
    after it, `index_concluded` the end of building, `mapped` the layers put on the map.
    """

    answered = pyqtSignal()
    looked_closer = pyqtSignal()
    index_concluded = pyqtSignal()
    mapped = pyqtSignal()

    def __init__(self, iface: QgisInterface, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("rsVlmSearch")
        self._iface = iface
        self._answer: Optional[SearchAnswer] = None
        self._entry: Optional[Entry] = None
        self._logged: Optional[SearchAnswer] = None
        self._meant = False
        self._indexes = OpenIndexes()
        self._finder = NewestJob("find", self)
        self._looker = NewestJob("look", self)
        self._warmer = NewestJob("warm", self)
        self._warm_for: Optional[Tuple[object, ...]] = None
        self._build()
        self.control = IndexControl(iface, self.index_bar, self._indexes, self)
        self.refinement = Refinement(iface.mapCanvas(), self)
        self.drawing = self.refinement.drawing
        self._typing = self._timer(TYPING_MS, self.search)
        self._closer_soon = self._timer(_CLOSER_AFTER_MS, self._look_closer)
        self._patience = self._timer(_SAY_SEARCHING_AFTER_MS, self._say_searching)
        self._connect()
        self.control.look()
        self._refresh()

    def dispose(self) -> None:
        """End what runs, wait for it, and take everything off the canvas."""
        for timer in (self._typing, self._closer_soon, self._patience):
            timer.stop()
        QgsProject.instance().cleared.disconnect(self._project_cleared)
        self.control.dispose()
        self.refinement.dispose()
        self.map_button.dispose()
        self.filters.dispose()
        for jobs in (self._finder, self._looker, self._warmer):
            jobs.dispose()
        self.thumbnails.dispose()
        self._indexes.close()

    def answer(self) -> Optional[SearchAnswer]:
        """What is shown."""
        return self._answer

    def start_typing(self) -> None:
        """Put the keyboard where a query is typed, or on the button that comes first."""
        (self.query_line if self.query_line.isEnabled() else self.build_button).setFocus()

    def is_drawing(self) -> bool:
        """Whether the mouse draws an example or a region."""
        return self.drawing.is_drawing() or self.filters.region.is_drawing()

    def stop_drawing(self) -> None:
        """Give the mouse back."""
        self.drawing.stop()
        self.filters.region.stop_drawing()

    def search(self) -> None:
        """Search for what is typed, shown and filtered, now."""
        self._typing.stop()
        self._closer_soon.stop()
        self._looker.forget()
        self._meant = False
        if not self.control.has_index():
            return
        try:
            request = self._request()
        except RsVlmError as error:
            self._failed(error)
            return
        if request.is_empty():
            self._finder.forget()
            self._patience.stop()
            self.set_status("")
            self._show(None)
            return
        if self._offers_install():
            return
        self._patience.start()
        self._finder.ask(partial(find, request, self._indexes))

    def set_status(self, text: str) -> None:
        """A line below the query; empty hides it."""
        self.status.setText(text)
        self.status.setVisible(bool(text))

    def show_on_map(self, outlines: bool = True, heat: bool = False) -> None:
        """Put the places into the project as temporary layers; a heat map takes many more."""
        if self._answer is None or not self._answer.result.hits:
            return
        self._remember()
        if heat:
            self.set_status(self.tr("Searching for the heat map…"))
        self.map_button.put(self._answer, outlines, heat)

    def vote(self, hit: Hit, vote: int) -> None:
        """Say that a place is wanted or not; saying it twice takes it back."""
        self.refinement.vote(hit, vote)

    def choose_concept(self, concept: Optional[Concept]) -> None:
        """Search by a concept; None by words again."""
        if concept is not None:
            self.query_line.blockSignals(True)
            self.query_line.clear()
            self.query_line.blockSignals(False)
        self.refinement.choose(concept)

    def forget_examples(self) -> None:
        """Search by words alone again."""
        self.choose_concept(None)

    def keep_concept(self, name: str) -> None:
        """Keep what was learnt under a name, and search by it."""
        try:
            request = self._request()
        except RsVlmError as error:
            self._failed(error)
            return
        self.refinement.learn(request, name)

    def show_hit(self, hit: Hit) -> None:
        """Zoom to a place and flash it."""
        self._remember()
        crs = QgsCoordinateReferenceSystem.fromWkt(hit.crs_wkt)
        if not point_at(self._iface.mapCanvas(), hit.geometry, crs, _ZOOM_SHARE):
            messages.show_note(self._iface, self.tr("This place cannot be shown on the map."))

    def _build(self) -> None:
        self.query_line = QueryLine(self)
        self.concept_bar = ConceptBar(self)
        self.filters = SearchFilters(self._iface.mapCanvas(), self)
        self.status = QLabel(self)
        self.status.setObjectName("rsVlmSearchStatus")
        self.status.setTextFormat(Qt.TextFormat.PlainText)
        wrap_in_any_width(self.status)
        self.status.hide()
        self.model = ResultModel(self)
        self.thumbnails = Thumbnails(self.devicePixelRatioF(), self)
        self.pages = ResultPages(self.model, self)
        self.list = self.pages.list
        self.hint = self.pages.hint
        self.empty_text = self.pages.empty_text
        self.build_button = self.pages.build_button
        self.map_button = MapResults(self._indexes, self)
        self.index_bar = IndexBar(self)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.map_button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.addWidget(self.query_line)
        column.addWidget(self.concept_bar)
        column.addWidget(self.filters)
        column.addWidget(self.status)
        column.addWidget(self.pages, 1)
        column.addLayout(row)
        column.addWidget(self.index_bar)

    def _connect(self) -> None:
        self.query_line.textEdited.connect(lambda _text: self._typing.start())
        self.query_line.textChanged.connect(self._text_changed)
        self.query_line.returnPressed.connect(self._entered)
        self.query_line.focused.connect(self._warm_up)
        self.query_line.picked.connect(self.search)
        self.query_line.down_pressed.connect(self.list.start)
        self.filters.changed.connect(self._typing.start)
        self.filters.region.drawing_began.connect(self._say_drawing)
        self.concept_bar.concept_chosen.connect(self.choose_concept)
        self.concept_bar.draw_asked.connect(self._draw)
        self.concept_bar.save_asked.connect(self.keep_concept)
        self.concept_bar.cleared.connect(self.forget_examples)
        self.concept_bar.failed.connect(self._failed)
        self.refinement.changed.connect(self._examples_changed)
        self.refinement.learned.connect(self._learned)
        self.refinement.failed.connect(self._failed)
        self.drawing.ended.connect(lambda: self.concept_bar.draw_button.setChecked(False))
        self.list.chosen.connect(self.show_hit)
        self.list.voted.connect(self.vote)
        self.list.left.connect(self.query_line.setFocus)
        self.model.thumbnail_wanted.connect(self.thumbnails.ask)
        self.thumbnails.rendered.connect(self.model.set_thumbnail)
        self.build_button.clicked.connect(lambda _checked=False: self.control.choose())
        self.control.state_changed.connect(self._index_changed)
        self.control.concluded.connect(self._index_concluded)
        self._finder.answered.connect(self._found)
        self._finder.failed.connect(self._search_failed)
        self._looker.answered.connect(self._seen_closer)
        self._looker.failed.connect(self._closer_failed)
        self.map_button.asked.connect(self.show_on_map)
        self.map_button.mapped.connect(self._mapped)
        self.map_button.failed.connect(self._failed)
        QgsProject.instance().cleared.connect(self._project_cleared)

    def _timer(self, milliseconds: int, slot) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(slot)
        return timer

    def _request(self) -> SearchRequest:
        settings = load_settings()
        return SearchRequest(
            indexes=searched_indexes(QgsProject.instance()),
            bundle_path=settings.bundle(),
            device=settings.device,
            text=self.query_line.text(),
            concept=self.refinement.concept,
            examples=self.refinement.examples(),
            rows=self.filters.rows(),
            least_score=self.filters.least_score(),
        )

    def _warm_up(self) -> None:
        # Loading takes a second or two, which go by while the first words are being typed.
        if not self.control.has_index() or dependencies.missing_packages():
            return
        settings = load_settings()
        paths = searched_indexes(QgsProject.instance())
        for_what = (paths, settings.bundle(), settings.device)
        if for_what != self._warm_for:
            self._warm_for = for_what
            self._warmer.ask(partial(warm_up, *for_what, self._indexes))

    def _entered(self) -> None:
        remember_query(self.query_line.text())
        self.search()
        self._meant = True

    def _remember(self) -> None:
        """Results while typing are not worth keeping; one that something is done with is."""
        remember_query(self.query_line.text())
        self._meant = True
        self._log()

    def _log(self) -> None:
        if self._meant and self._answer is not None and self._answer is not self._logged:
            self._logged = self._answer
            request = self._answer.request
            self._entry = session().add(
                self._answer.worth_showing(),
                filter_notes(request.rows, request.least_score),
                instead_of=self._entry,
            )

    def _text_changed(self, text: str) -> None:
        # The clear button does not count as editing.
        if not text:
            self._typing.start()
        # Words and a concept are two starts of a search; examples refine either.
        if text and self.refinement.concept is not None:
            self.refinement.drop()
            self._show_examples()

    def _say_drawing(self, text: str) -> None:
        self.set_status(text or (self._said(self._answer) if self._answer is not None else ""))

    def _say_searching(self) -> None:
        if self._finder.is_busy():
            self.set_status(self.tr("Searching… (the first search loads the model)"))

    def _found(self, answer: SearchAnswer) -> None:
        self._patience.stop()
        self._entry = None
        self._show(answer)
        self._log()
        if answer.result.hits:
            self._closer_soon.start()
        self.answered.emit()

    def _look_closer(self) -> None:
        if self._answer is not None:
            self._looker.ask(partial(find_closer, self._answer, self._indexes))

    def _seen_closer(self, answer: SearchAnswer) -> None:
        self._show(answer)
        self._log()
        self.looked_closer.emit()

    def _closer_failed(self, error: RsVlmError) -> None:
        self.set_status(error_text(error))
        self.looked_closer.emit()

    def _show(self, answer: Optional[SearchAnswer]) -> None:
        self._answer = answer
        chosen = self.list.currentIndex()
        self.model.show(answer)
        if answer is not None:
            self.set_status(self._said(answer))
            if chosen.isValid() and not self.list.currentIndex().isValid():
                self.list.setCurrentIndex(self.model.index(0, 0))
        self._refresh()

    def _said(self, answer: SearchAnswer) -> str:
        count, strong = len(answer.result.hits), len(answer.worth_showing().hits)
        if not count:
            said = self.tr("Nothing found.")
            if answer.request.least_score:
                said += " " + self.tr("Ask for less relevance under Where to search.")
            elif self.filters.is_limiting():
                said += " " + self.tr("Search more widely under Where to search.")
        elif strong < count:
            said = self.tr("{places}, best first, then {count} of little relevance.").format(
                places=places_text(strong), count=count - strong
            )
        else:
            said = self.tr("{places}, best first.").format(places=places_text(count))
        return " ".join((said, *spoken_all(answer.result.notes)))

    def _search_failed(self, error: RsVlmError) -> None:
        self._patience.stop()
        self._show(None)
        self._failed(error)
        self.answered.emit()

    def _failed(self, error: RsVlmError) -> None:
        # Beside the query and not in the message bar: half a word is no reason to ring a bell.
        self.set_status(error_text(error))

    def _examples_changed(self) -> None:
        self._show_examples()
        self.search()
        self._meant = True

    def _show_examples(self) -> None:
        wanted = [example.wanted for example in self.refinement.examples()]
        self.concept_bar.show_examples(
            wanted.count(True), wanted.count(False), self.refinement.concept
        )
        self.model.set_votes(self.refinement.votes())

    def _learned(self, concept: Concept) -> None:
        self.concept_bar.name_line.clear()
        self.choose_concept(concept)

    def _draw(self, begin: bool) -> None:
        if begin:
            self.drawing.start(self._files_in_sight())
            self.set_status(
                self.tr("Drag a rectangle around something to find more of. Esc gives up.")
            )
        else:
            self.drawing.stop()

    def _files_in_sight(self) -> Tuple[str, ...]:
        """Indexed raster files, those on the map first, from the top one down."""
        state = self.control.state()
        indexed = [uri for uri, _ in state.rasters] if state is not None else []
        on_map: List[str] = []
        for layer in self._iface.mapCanvas().layers():
            path = raster_file(layer) if isinstance(layer, QgsRasterLayer) else ""
            if path in indexed:
                on_map.append(path)
        rest = (uri for uri in indexed if uri not in on_map and os.path.exists(uri))
        return (*on_map, *rest)

    def _mapped(self) -> None:
        if self._answer is not None:
            self.set_status(self._said(self._answer))
        self.mapped.emit()

    def _index_changed(self, state: Optional[IndexState]) -> None:
        self.filters.set_rasters(state.rasters if state is not None else ())
        self._refresh()

    def _index_concluded(self) -> None:
        self.thumbnails.forget()
        self.model.forget_thumbnails()
        if self.query_line.text().strip() or not self.refinement.is_empty():
            self.search()
        self.index_concluded.emit()

    def _project_cleared(self) -> None:
        self._finder.forget()
        self._looker.forget()
        self._typing.stop()
        self._closer_soon.stop()
        self._patience.stop()
        self.map_button.forget()
        self.refinement.drop(self.refinement.concept)
        self._show_examples()
        self.set_status("")
        self.thumbnails.forget()
        self.model.forget_thumbnails()
        self._show(None)

    def _offers_install(self) -> bool:
        missing = dependencies.missing_packages()
        if missing:
            packages = self.tr(" and ").join(missing)
            self.set_status(
                self.tr(
                    "To search, {packages} must be installed first: describe a region once."
                ).format(packages=packages)
            )
        return bool(missing)

    def _refresh(self) -> None:
        usable = self.control.has_index()
        unable = why_not(load_settings().bundle(), "search")
        for widget in (self.query_line, self.concept_bar, self.filters):
            widget.setEnabled(usable and not unable)
            widget.setVisible(usable)
        has_hits = bool(self.model.hits())
        self.map_button.setVisible(has_hits)
        self.index_bar.setVisible(usable or self.control.is_busy())
        self.build_button.setEnabled(not unable and not self.control.is_busy())
        if has_hits:
            self.pages.show_results()
        elif not usable:
            self.pages.show_empty(unable or self._how_to_begin(), not self.control.is_busy())
        else:
            self.pages.show_hint(unable or self._what_to_type())

    def _how_to_begin(self) -> str:
        if self.control.is_busy():
            return self.tr(
                "The model is looking at your images.\nYou can search as soon as the first tiles "
                "are stored, and go on working meanwhile."
            )
        state = self.control.state()
        if state is not None and state.problem is not None:
            return error_text(state.problem)
        return self.tr(
            "No index yet for this project.\n\nBuild one for its image layers or for a folder of "
            "images, to search them by words."
        )

    def _what_to_type(self) -> str:
        if self._answer is not None or self.status.text():
            return ""
        return self.tr(
            "Type what you look for, in English, like\n\nplanes on a runway\nstorage tanks not "
            "water\n\nPlaces appear while you type."
        )
