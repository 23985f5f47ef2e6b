"""Ask: a question about a region becomes an answer with confidence and evidence, or an honest
"cannot tell"."""

from .asking import ask
from .reply import Evidence, Reply

__all__ = ["Evidence", "Reply", "ask"]
