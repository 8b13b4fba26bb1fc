"""The privacy guard: what in a free text looks like it leads to a person, or to an offence.

It points out and never blocks; the writer decides. `python -m tests.privacy_measure` measures it
on invented sentences (`tests/data/privacy`, figures in its README). A labelled span counts as
found if a span of its kind overlaps it, and a span as false if it overlaps no labelled one. On
sentences by another writer, not used to improve any rule, precision is 0.889 and recall 0.863.
"""

from visitapp.domain.privacy.span import KINDS, Span, kind_said, replaced

__all__ = ["KINDS", "Span", "kind_said", "replaced"]
