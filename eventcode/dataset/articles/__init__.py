"""Files and tables of many kinds to articles; what cannot be read is told, never dropped."""

from eventcode.dataset.articles.read import Articles as Articles
from eventcode.dataset.articles.read import read_articles as read_articles
from eventcode.dataset.articles.text import read_article as read_article
from eventcode.dataset.articles.text import text_files as text_files
