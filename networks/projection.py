"""Equal Earth, the projection of all maps of ours: areas are in proportion, and land looks as it does in atlases.

Šavrič, Patterson and Jenny, "The Equal Earth map projection", 2018.
"""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
HALF_ROOT = sqrt(3) / 2


def projected(longitude: float, latitude: float) -> tuple[float, float]:
    """A place in degrees on the plane of the projection, x to the east and y to the south, as drawings count.

    The longitude is the one from the map's middle. Past 180° the plane goes on: nothing jumps to the other side.
    """
    angle = asin(HALF_ROOT * sin(radians(latitude)))
    square = angle * angle
    sixth = square**3
    x = radians(longitude) * cos(angle) / (HALF_ROOT * (A1 + 3 * A2 * square + sixth * (7 * A3 + 9 * A4 * square)))
    y = angle * (A1 + A2 * square + sixth * (A3 + A4 * square))
    return x, -y
