"""Relations: what one given party does to another (`Coder.relation`).

`reader` chooses among the acts of `acts`; `roles` tells how their slots hold the parties, `turns` what the words round
them make of them, `words` reads the language's folder `relation`.
"""

from eventcode.relation.reader import RelationReader, check_spans, sentences_of
from eventcode.relation.words import RelationWords

__all__ = ["RelationReader", "RelationWords", "check_spans", "sentences_of"]
