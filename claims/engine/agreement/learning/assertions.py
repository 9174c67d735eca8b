"""Who states what about which data item, as columns: the input of the estimation over many items at once.

An item is anything with one true value: a claim (does it hold?), a figure, a category. A cell is one value of one
item. All columns are NumPy arrays; no result depends on the order of the rows or on how anything is called.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
LARGEST = 2**62


@dataclass(frozen=True, slots=True)
class Assertions:
    """n assertions, by cell, then source: ``source[k]`` states ``cell[k]``, one value of ``cell_item[cell[k]]``.

    ``cell_value[c]`` is the code of the cell's value. ``domain[i]`` is the number of wrong values that item i can have
    at most (1 for yes/no), ``kind[i]`` groups the items whose mistakes are alike. ``known[c]`` is 1.0 for a cell known
    to be true, 0.0 for one known to be false, NaN where nothing is known. ``wider[k]`` is two cells (a, b) of one item:
    a is what b says, said less exactly (12,000 for 12,300), and so speaks in part for b. Where ``compatible[k]``, who
    states a is also right where b is true; where not, only the exact value is.
    """

    source: IntArray
    cell: IntArray
    cell_item: IntArray
    cell_value: IntArray
    domain: FloatArray
    kind: IntArray
    sources: int
    known: FloatArray | None = None
    wider: IntArray | None = None
    compatible: BoolArray | None = None

    @property
    def items(self) -> int:
        """Return the number of items."""
        return len(self.domain)

    @property
    def item(self) -> IntArray:
        """Return the item of each assertion."""
        return self.cell_item[self.cell]


def tabulate(source: IntArray, item: IntArray, value: IntArray, *, kind: IntArray | None = None) -> Assertions:
    """Return the assertions behind three columns of codes from 0.

    A source that states the same value of an item twice counts once. The number of wrong values that there can be
    is one less than the number of values met in items of the same ``kind`` (by default all items). Raises
    ``ValueError`` where the codes are too large for one table.
    """
    values = int(value.max(initial=0)) + 1
    sources = int(source.max(initial=0)) + 1
    items = int(item.max(initial=0)) + 1
    if items * values > LARGEST // sources:
        raise ValueError(f"{items:,} items x {values:,} values x {sources:,} sources: too many for one table")
    rows = distinct((item * np.int64(values) + value) * sources + source)
    keys, once = rows // sources, rows % sources
    first = np.flatnonzero(np.diff(keys, prepend=-1))
    cell = np.cumsum(np.diff(keys, prepend=-1) != 0) - 1
    cell_item, cell_value = keys[first] // values, keys[first] % values
    kinds = np.zeros(items, dtype=np.int64) if kind is None else kind
    met = distinct(kinds[cell_item] * values + cell_value) // values
    wrong = np.maximum(np.bincount(met, minlength=int(kinds.max(initial=0)) + 1) - 1.0, 1.0)
    return Assertions(once, cell, cell_item, cell_value, wrong[kinds], kinds, sources)


def distinct(keys: IntArray) -> IntArray:
    """Return the distinct keys in order (by sorting: faster here than a hash table)."""
    ordered = np.sort(keys)
    return np.asarray(ordered[np.diff(ordered, prepend=-1) != 0], dtype=np.int64)


def select(table: Assertions, items: BoolArray) -> tuple[Assertions, IntArray]:
    """Return the part of a table that is about some of its items, and the places of its cells in the whole."""
    cells = np.flatnonzero(items[table.cell_item])
    place = np.cumsum(items) - 1
    new_cell = np.cumsum(items[table.cell_item]) - 1
    rows = items[table.item]
    kept = None if table.wider is None else items[table.cell_item[table.wider[:, 0]]]
    wider = None if table.wider is None else table.wider[kept]
    part = Assertions(
        source=table.source[rows],
        cell=new_cell[table.cell[rows]],
        cell_item=place[table.cell_item[cells]],
        cell_value=table.cell_value[cells],
        domain=table.domain[items],
        kind=table.kind[items],
        sources=table.sources,
        known=None if table.known is None else table.known[cells],
        wider=None if wider is None else new_cell[wider],
        compatible=None if table.compatible is None else table.compatible[kept],
    )
    return part, cells
