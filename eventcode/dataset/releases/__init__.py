"""Files of other people's event records, as they are published: ACLED, UCDP GED, GDELT, ICEWS, POLECAT, Phoenix."""

from eventcode.dataset.releases.read import read_records as read_records
from eventcode.dataset.releases.release import RELEASES as RELEASES
