"""Cities as unevenly spread as members really are: most of a country's around its capitals, some anywhere."""

from random import Random

from networks.models import City

SPAIN = [(41.4, 2.1, 0.25, 90), (40.42, -3.7, 0.2, 35), (39.47, -0.4, 0.3, 25), (28.4, -16.5, 0.2, 10)]
NAMES = ["Rubí", "Castell d’Aro, Platja d’Aro i s’Agaró", "San Cristóbal de La Laguna", "Vic"]


def cities_of_spain(count=200, seed=1):
    dice = Random(seed)
    places = [
        (latitude + dice.gauss(0, wide), longitude + dice.gauss(0, wide))
        for latitude, longitude, wide, share in SPAIN
        for _ in range(count * share // 200)
    ]
    places += [(dice.uniform(37.5, 42.5), dice.uniform(-6, -1)) for _ in range(count - len(places))]
    return [city_at(number, *place, "ES") for number, place in enumerate(places)]


def cities_of_the_world(count, seed=1):
    dice = Random(seed)
    return [
        city_at(number, dice.uniform(-50, 65), dice.uniform(-120, 150), dice.choice(["AR", "BR", "FR", "KR", "MX"]))
        for number in range(count)
    ]


def city_at(number, latitude, longitude, country):
    return City(
        name=f"{NAMES[number % len(NAMES)]} {number}",
        slug=f"city-{number}",
        latitude=round(latitude, 4),
        longitude=round(longitude, 4),
        country=country,
        state="published",
    )
