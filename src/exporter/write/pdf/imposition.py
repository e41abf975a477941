"""What paper asks of markup and a screen does not: fixed before the press starts.

Everything here changes the tree it is given; the caller made it for us.
"""

from exporter.dom import Element
from exporter.write.pdf import addresses, breaking, listings, numbering, pictures, tables


def impose(root: Element, measure: int) -> None:
    """Make a document fit for print: pictures, tables, listings, lists, addresses, endless words.

    `measure` is how many letters a line of the theme's text holds.
    """
    pictures.free(root)
    pictures.describe(root)
    for table in list(root.iter("table")):
        tables.fit(table, measure)
    listings.hang(root, measure)
    listings.keep_hyphens(root)
    numbering.number(root)
    addresses.keep(root)
    breaking.trim(root)
    breaking.calm(root)
    breaking.loosen(root)
    breaking.divide(root)
