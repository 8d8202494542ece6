"""Where addresses of networks and cities lead."""

from checks.addresses import page_of
from checks.publication_checks import expects
from networks.models import City, Network

page_of("networks:network_detail", Network)
page_of("networks:city_detail", City)
expects(Network, "description")
