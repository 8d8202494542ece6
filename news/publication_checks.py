"""What news posts should have, and where addresses of the news lead."""

from checks.addresses import page_of
from checks.namesakes import told_apart_by
from checks.publication_checks import expects
from news.models import Category, Post

page_of("news:post_detail", Post)
page_of("news:category_detail", Category)
told_apart_by(Post, "year")
expects(Post, "teaser", "body")
