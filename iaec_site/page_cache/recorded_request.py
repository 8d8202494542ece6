"""Requests that note which parameters of the address their page reads: others do not make another page."""

from __future__ import annotations

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest, get_bytes_from_wsgi
from django.http import QueryDict
from django.utils.functional import cached_property

# In the WSGI environment: a set that fills with names of parameters. ALL in it stands for the address as it is.
READ = "iaec_site.parameters_read"
ALL = None


class RecordedRequest(WSGIRequest):
    @cached_property
    def GET(self):
        query = get_bytes_from_wsgi(self.environ, "QUERY_STRING", "")
        read = self.environ.get(READ)
        if read is None:
            return QueryDict(query, encoding=self._encoding)
        return RecordedQuery(query, read, encoding=self._encoding)

    def get_full_path(self, force_append_slash=False):
        self.environ.get(READ, set()).add(ALL)
        return super().get_full_path(force_append_slash)

    def get_full_path_info(self, force_append_slash=False):
        self.environ.get(READ, set()).add(ALL)
        return super().get_full_path_info(force_append_slash)


class RecordedQuery(QueryDict):
    """Each way to look at a single parameter notes its name; each way to look at several notes ALL."""

    def __init__(self, query_string, read, encoding=None):
        self.read = set()  # what happens while it is being filled is nobody's reading
        super().__init__(query_string, encoding=encoding)
        self.read = read

    def __getitem__(self, key):
        self.read.add(key)
        return super().__getitem__(key)

    def __contains__(self, key):
        self.read.add(key)
        return super().__contains__(key)

    def get(self, key, default=None):
        self.read.add(key)
        return super().get(key, default)

    def getlist(self, key, default=None):
        self.read.add(key)
        return super().getlist(key, default)

    def __copy__(self):
        return self.copy()

    def __deepcopy__(self, memo):
        return self.copy()

    def copy(self):
        """Mutable, and of Django's own class: what is done to a copy is no longer reading."""
        self.read.add(ALL)
        copied = QueryDict("", mutable=True, encoding=self.encoding)
        for key, values in super().lists():
            copied.setlist(key, list(values))
        return copied


def reads_all(name):
    def method(self, *args, **kwargs):
        self.read.add(ALL)
        return getattr(super(RecordedQuery, self), name)(*args, **kwargs)

    method.__name__ = name
    return method


for name in """
    __iter__ __len__ __eq__ __ne__ __repr__ __str__ __reversed__ __or__ __ror__ __getstate__
    keys values items lists dict urlencode
""".split():
    setattr(RecordedQuery, name, reads_all(name))
RecordedQuery.__hash__ = None


class RecordingHandler(WSGIHandler):
    request_class = RecordedRequest
