"""Pieces of a book, each a tagged PDF, joined into one that is tagged through and through."""

import warnings
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import pikepdf
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, String

from exporter.write.pdf import outline
from exporter.write.pdf.matter import CROSSING
from exporter.write.pdf.objects import plain
from exporter.write.pdf.outline import Line, Spot
from exporter.write.pdf.photographs import Photographs
from exporter.write.pdf.shared import Fonts

OPENED = 1  # levels of the outline that show at first
UNDER = b"q"
OVER = b"Q /Artifact <</Type /Pagination>> BDC /%s Do EMC"

Lead = Callable[[str], tuple[str, str] | None]  # address -> name of a destination, its title


class Joined:
    """A book under way: pieces are added in their order, then it is written."""

    def __init__(self, lead: Lead) -> None:
        self.book = pikepdf.Pdf.new()
        self.lines: list[Line] = []
        self._lead = lead
        self._fonts = Fonts(self.book)
        self._photographs = Photographs()
        self._spots: dict[str, Spot] = {}
        self._asked: set[str] = set()  # names of destinations that links lead to
        self._structure = self.book.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document))
        self._kids: list[pikepdf.Object] = []
        self._parents: list[object] = []  # the pairs of the parent tree, flat
        self._next = 0  # the number of the next entry of the parent tree
        self._under = self.book.make_stream(UNDER)

    def add(self, piece: Path | BinaryIO, prefix: str) -> tuple[Line, ...]:
        """Add a piece, whose destinations get the prefix; give its outline."""
        with pikepdf.open(piece) as source:
            held = source.pages[0].obj.Resources.get("/XObject", Dictionary())
            marks = self._photographs.take(piece, held) if isinstance(piece, Path) else {}
            first = len(self.book.pages)
            lines = self._add(source, prefix)
            if marks:
                self._photographs.share(self.book.pages[first].obj.Resources.XObject, marks)
            return lines

    def _add(self, source: pikepdf.Pdf, prefix: str) -> tuple[Line, ...]:
        first = len(self.book.pages)
        numbers = {page.obj.objgen: first + at for at, page in enumerate(source.pages)}
        self._spots |= _named(source, prefix, numbers)
        lines = outline.read(source, numbers)
        for page in source.pages:
            for annotation in page.obj.get("/Annots", []):
                self._relink(annotation, prefix)
        fonts = source.pages[0].obj.Resources.Font
        shared = self._fonts.share(fonts)
        with warnings.catch_warnings():
            # of destinations, which are all seen to here
            warnings.simplefilter("ignore", pikepdf.PageCopyWarning)
            self.book.pages.extend(source.pages)
        pages = [self.book.pages[at] for at in numbers.values()]
        _put_back(pages[0].obj.Resources.Font, shared)
        self._tag(source, [page.obj for page in pages], prefix)
        if not first:
            self._begin(source)
        return lines

    def _begin(self, source: pikepdf.Pdf) -> None:
        """Take from the first piece what it says of the whole book."""
        for name in ("/Lang", "/MarkInfo", "/ViewerPreferences"):
            if name in source.Root:
                self.book.Root[name] = plain(source.Root[name])
        self.book.Root.Metadata = self.book.copy_foreign(source.Root.Metadata)
        self.book.trailer.Info = self.book.make_indirect(plain(source.trailer.Info))

    def _relink(self, annotation: pikepdf.Object, prefix: str) -> None:
        """Make a link lead to its place in the book, if that holds it."""
        if annotation.get("/Subtype") != Name.Link:
            return
        if "/Dest" in annotation:
            self._send(annotation, prefix + str(annotation.Dest))
            return
        address = str(annotation.get("/A", Dictionary()).get("/URI", ""))
        led = self._lead(address)
        if led is not None and not led[0].startswith(prefix):
            name, title = led
            del annotation["/A"]
            annotation.Contents = String(title)
            self._send(annotation, name)
        elif address.startswith(CROSSING):
            annotation.A.URI = annotation.Contents = String(address.removeprefix(CROSSING))

    def _send(self, annotation: pikepdf.Object, name: str) -> None:
        annotation.Dest = String(name)
        self._asked.add(name)

    def _tag(self, source: pikepdf.Pdf, pages: list[pikepdf.Object], prefix: str) -> None:
        """Take over the structure of a piece, whose pages are in the book already."""
        tree = self.book.copy_foreign(source.Root.StructTreeRoot)
        for top in _listed(tree.K):
            for kid in _listed(top.K):
                kid.P = self._structure
                _rename_notes(kid, prefix)
                self._kids.append(kid)
        last = self._next
        nums = list(tree.ParentTree.Nums)
        for number, entry in zip(nums[::2], nums[1::2], strict=True):
            self._parents += [self._next + int(number), entry]
            last = max(last, self._next + int(number) + 1)
        for page in pages:
            page.StructParents = self._next + int(page.StructParents)
            for annotation in page.get("/Annots", []):
                if "/StructParent" in annotation:
                    annotation.StructParent = self._next + int(annotation.StructParent)
        self._next = last

    def lay_over(self, sheet: BinaryIO, skipped: int, first: int, bare: frozenset[int]) -> int:
        """Lay the pages of a sheet over those of the book from `first` on; give where it ends.

        The sheet's first `skipped` pages are left out; pages in `bare` get nothing.
        """
        with pikepdf.open(sheet) as source:
            fonts = source.pages[0].obj.Resources.get("/Font", Dictionary())
            shared = self._fonts.share(fonts)
            at = first
            for page in list(source.pages)[skipped:]:
                if at not in bare:
                    form = self.book.copy_foreign(page.as_form_xobject())
                    _put_back(form.Resources.get("/Font", Dictionary()), shared)
                    self._lay(form, at)
                at += 1
        return at

    def _lay(self, form: pikepdf.Object, at: int) -> None:
        page = self.book.pages[at].obj
        name = f"Margins{at + 1}"
        page.Resources.XObject[f"/{name}"] = form
        over = self.book.make_stream(OVER % name.encode())
        page.Contents = Array([self._under, page.Contents, over])

    def finish(self) -> pikepdf.Pdf:
        """Give the whole book; nothing can be added to it any more."""
        self._fonts.finish()
        outline.write(self.book, self.lines, opened=OPENED)
        self._structure.K = Array(self._kids)
        tree = Dictionary(Type=Name.StructTreeRoot, K=Array([self._structure]))
        tree.ParentTree = self.book.make_indirect(Dictionary(Nums=Array(self._parents)))
        tree.ParentTreeNextKey = self._next
        self.book.Root.StructTreeRoot = self.book.make_indirect(tree)
        self._structure.P = self.book.Root.StructTreeRoot
        names: list[object] = []
        for name in sorted(self._asked & self._spots.keys()):
            names += [String(name), self._spots[name].destination(self.book)]
        self.book.Root.Names = Dictionary(Dests=Dictionary(Names=Array(names)))
        return self.book

    def save(self, target: Path) -> None:
        """Write the book, the same bytes for the same pieces; these are read once more."""
        self.book.save(
            target,
            object_stream_mode=ObjectStreamMode.generate,
            deterministic_id=True,
            min_version="1.7",
        )
        self._photographs.append(target)


def _named(
    source: pikepdf.Pdf, prefix: str, numbers: Mapping[tuple[int, int], int]
) -> dict[str, Spot]:
    """Give the named destinations of a piece."""
    names: Any = (
        source.Root.get("/Names", Dictionary()).get("/Dests", Dictionary()).get("/Names", [])
    )
    listed = list(names)
    found = {}
    for name, place in zip(listed[::2], listed[1::2], strict=True):
        page, _, left, top, _ = list(place)
        found[prefix + str(name)] = Spot(numbers[page.objgen], left, top)
    return found


def _listed(kids: Any) -> Iterator[pikepdf.Object]:  # noqa: ANN401  (pikepdf gives what there is)
    yield from kids if isinstance(kids, Array) else [kids]


def _rename_notes(foot: pikepdf.Object, prefix: str) -> None:
    """Give the notes at the foot of a page keys that no other piece has (PDF/UA-1 §7.9)."""
    for note in _listed(foot.get("/K", Array())):
        if isinstance(note, Dictionary) and "/ID" in note:
            note.ID = String(prefix + str(note.ID))


def _put_back(fonts: pikepdf.Object, shared: Mapping[str, pikepdf.Object]) -> None:
    for name, font in shared.items():
        fonts[name] = font
