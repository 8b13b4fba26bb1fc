"""The privacy guard: finds words in a text that may identify a person or name an offence.

It points them out and never blocks; the writer decides. `python -m tests.privacy_measure` measures
it on invented sentences (`tests/data/privacy`, figures in its README). A labelled span counts as
found if a span of its kind overlaps it; a span counts as false if it overlaps no labelled one. On
sentences by another writer that no rule was tuned on, precision is 0.889 and recall 0.863.
"""

from visitapp.domain.privacy.span import KINDS, Span, kind_in_words, replaced

__all__ = ["KINDS", "Span", "kind_in_words", "replaced"]
