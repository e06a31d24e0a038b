"""Relations: what one given party does to another (`Coder.relation`).

`reader` chooses among the acts of `acts`; `roles` tells how their slots hold the parties, `turns` what the words round
them make of them, `words` reads the language's folder `relation`; `unasked` finds the parties itself.
"""

from eventcode.relation.reader import RelationReader, check_spans, sentences_of
from eventcode.relation.unasked import UnaskedReader
from eventcode.relation.words import RelationWords

__all__ = ["RelationReader", "RelationWords", "UnaskedReader", "check_spans", "sentences_of"]
