"""WeasyPrint's body opened, with places kept in it for what the annex adds; what fills them is the binder's."""

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

from letters.render.objects import ObjectWriter


class BodyFile:
    """The body's objects keep their numbers; each place is the number of one that the binder writes."""

    FACE = "SourceSerif4-400"  # in which feet are set

    def __init__(self, pdf: Pdf, attached: list[str]) -> None:
        self._pdf = pdf
        self._places: set[int] = set()
        self._structure()
        self._feet()
        self._pages()
        self._outline()
        self._files(attached)
        self.taken = max(item.objgen[0] for item in pdf.objects)

    @property
    def roots(self) -> tuple[int, int]:
        """The numbers of the catalog and of the information dictionary."""
        return self._pdf.Root.objgen[0], self._pdf.trailer.Info.objgen[0]

    def copy(self, writer: ObjectWriter) -> None:
        """Write all objects of the body but the places kept."""
        for item in self._pdf.objects:
            number = item.objgen[0]
            if number in self._places:
                continue
            if not isinstance(item, pikepdf.Stream):
                writer.put(number, item.unparse(resolved=True))
            elif item.get("/Type") not in ("/ObjStm", "/XRef"):
                entries = item.stream_dict.unparse()
                writer.raw(number, b"%s\nstream\n%s\nendstream" % (entries, item.read_raw_bytes()))

    def _place(self) -> tuple[int, pikepdf.Object]:
        made = self._pdf.make_indirect(Dictionary())
        self._places.add(made.objgen[0])
        return made.objgen[0], made

    def _structure(self) -> None:
        """A section behind the last one of the document, and a tree of parents that can grow."""
        tree = self._pdf.Root.StructTreeRoot
        nums = tree.ParentTree.Nums
        keys = [int(key) for key in list(nums)[::2]]
        self.next_parent = max(keys) + 1
        leaf = self._pdf.make_indirect(Dictionary(Limits=Array([min(keys), max(keys)]), Nums=nums))
        self.parent_leaf = leaf.objgen[0]
        self.parent_root, tree.ParentTree = self._place()
        self.document = tree.K[0].objgen[0]
        self.section, section = self._place()
        tree.K[0].K.append(section)

    def _feet(self) -> None:
        """A stream before and one behind the content of each page, and the face of the latter."""
        self.opening, opening = self._place()
        self.font, font = self._place()
        self.resources, _ = self._place()
        self.feet = []
        for page in self._pdf.pages:
            number, foot = self._place()
            self.feet.append(number)
            page.obj.Contents = Array([opening, page.obj.Contents, foot])
            page.obj.Resources.Font[Name(f"/{self.FACE}")] = font

    def _pages(self) -> None:
        """A node above the body's pages."""
        self.page_node = self._pdf.Root.Pages.objgen[0]
        self.page_root, root = self._place()
        self._pdf.Root.Pages.Parent = root
        self._pdf.Root.Pages = root

    def _outline(self) -> None:
        """A bookmark behind the headings of the letter."""
        outlines = self._pdf.Root.Outlines
        above = outlines.First
        self.bookmark, bookmark = self._place()
        self.bookmark_above, self.bookmark_before = above.objgen[0], 0
        if "/Last" in above:
            self.bookmark_before = above.Last.objgen[0]
            above.Last.Next = bookmark
        else:
            above.First = bookmark
        above.Last = bookmark
        above.Count = int(above.get("/Count", 0)) + 1
        outlines.Count = int(outlines.get("/Count", 0)) + 1

    def _files(self, names: list[str]) -> None:
        """The attached files, named in the catalog in the order of their names."""
        root, named, associated = self._pdf.Root, Array(), Array()
        self.specifications = {}
        for name in names:
            self.specifications[name], specification = self._place()
            named.extend([pikepdf.String(name), specification])
            associated.append(specification)
        if names:
            if "/Names" not in root:
                root.Names = Dictionary()
            root.Names.EmbeddedFiles = Dictionary(Names=named)
            root.AF = associated
