"""Which process of the web server this is, and whether it is about to stop."""

number = 0
# Still serving as ever, but not for long: load balancers are told.
is_draining = False
# From now on each answer ends its connection.
is_stopping = False
