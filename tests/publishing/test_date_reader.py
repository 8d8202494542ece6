import contextlib
import re
from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publishing.date_reader import ReadDate, UnreadableDate, read_date
from publishing.date_text import date_text, months_gloss
from publishing.date_vocabulary import MEANINGS
from publishing.date_words import DATE_LANGUAGES
from publishing.dates import EdtfDate, Precision, parse_edtf

TODAY = date(2025, 9, 15)  # a Monday

# One table a language, to be read by somebody who speaks it: what is written | the date in EDTF | times
FIGURES = """
2025-11-14 | 2025-11-14
2025-10-01/2025-10-03 | 2025-10-01/2025-10-03
2025-09/2025-11 | 2025-09/2025-11
2025/2027 | 2025/2027
2025-11 | 2025-11
2025-23 | 2025-23
2025-36 | 2025-36
2023-24 | 2023-24
2026 | 2026
199X | 199X
199x | 199X
XXXX | XXXX
xxxx | XXXX
2017-04~ | 2017-04~
2017-04-07~ | 2017-04-07~
2021~ | 2021~
~2021 | 2021~
2025-11-14 18:30 | 2025-11-14 | 18:30
2025-11-14T18:30 | 2025-11-14 | 18:30
2025-10-01 - 2025-10-03 | 2025-10-01/2025-10-03
2025-10-01 – 2025-10-03 | 2025-10-01/2025-10-03
14/11/2025 | 2025-11-14
14.11.2025 | 2025-11-14
14-11-2025 | 2025-11-14
14 / 11 / 2025 | 2025-11-14
14. 11. 2025 | 2025-11-14
14/11/25 | 2025-11-14
14.11.25 | 2025-11-14
14-11-25 | 2025-11-14
1/2/2026 | 2026-02-01
01/02/2026 | 2026-02-01
14/11/69 | 2069-11-14
14/11/70 | 1970-11-14
14/11/99 | 1999-11-14
2025/11/14 | 2025-11-14
2025.11.14 | 2025-11-14
2025. 11. 14. | 2025-11-14
2025.11.14. | 2025-11-14
2025/1/4 | 2025-01-04
14/11 | 2025-11-14
14.11. | 2025-11-14
14.11 | 2025-11-14
01/03 | 2026-03-01
11/2025 | 2025-11
1/2026 | 2026-01
11.2025 | 2025-11
11-2025 | 2025-11
2025/11 | 2025-11
2025.11 | 2025-11
01/10/2025 - 03/10/2025 | 2025-10-01/2025-10-03
01/10/2025-03/10/2025 | 2025-10-01/2025-10-03
01/10/2025–03/10/2025 | 2025-10-01/2025-10-03
01.10.2025 – 03.10.2025 | 2025-10-01/2025-10-03
01.10.–03.10.2025 | 2025-10-01/2025-10-03
30.9.–2.10.2025 | 2025-09-30/2025-10-02
30.09. - 02.10.2025 | 2025-09-30/2025-10-02
1-3/10/2025 | 2025-10-01/2025-10-03
1–3.10.2025 | 2025-10-01/2025-10-03
1.-3.10.2025 | 2025-10-01/2025-10-03
01/10-03/10/2025 | 2025-10-01/2025-10-03
30/12/2025 - 02/01/2026 | 2025-12-30/2026-01-02
30/12 - 02/01/2026 | 2025-12-30/2026-01-02
09/2025 - 11/2025 | 2025-09/2025-11
09-11/2025 | 2025-09/2025-11
2025-2027 | 2025/2027
2025–2027 | 2025/2027
2025 – 2027 | 2025/2027
2025—2027 | 2025/2027
2025‒2027 | 2025/2027
2025-27 | 2025/2027
2025–27 | 2025/2027
2025/27 | 2025/2027
2023–24 | 2023/2024
2023/24 | 2023/2024
2025–11 | 2025-11
1990s | 199X
1990's | 199X
90s | 199X
2020s | 202X
14/11/2025 18:30 | 2025-11-14 | 18:30
14/11/2025 18h30 | 2025-11-14 | 18:30
14/11/2025 18.30 | 2025-11-14 | 18:30
14.11.2025, 18.30-20.00 | 2025-11-14 | 18:30-20:00
14/11/2025 10:00-12:30 | 2025-11-14 | 10:00-12:30
10:00-12:30 14/11/2025 | 2025-11-14 | 10:00-12:30
18:30 14/11/2025 | 2025-11-14 | 18:30
14/11/2025 10:00 - 15/11/2025 12:00 | 2025-11-14/2025-11-15 | 10:00-12:00
14/11/2025 10:00 - 14/11/2025 12:00 | 2025-11-14 | 10:00-12:00
1-3/10/2025 10:00 | 2025-10-01/2025-10-03 | 10:00
Q2 2026 | 2026-34
Q2/2026 | 2026-34
Q2-2026 | 2026-34
2026 Q2 | 2026-34
2026-Q2 | 2026-34
2Q 2026 | 2026-34
T2 2026 | 2026-34
2T 2026 | 2026-34
4T 2026 | 2026-36
H1 2026 | 2026-01/2026-06
H2 2026 | 2026-07/2026-12
S1 2026 | 2026-01/2026-06
1S 2026 | 2026-01/2026-06
14/11/2025 (10:00-12:30) | 2025-11-14 | 10:00-12:30
? | XXXX
??? | XXXX
１４/１１/２０２５ | 2025-11-14
"""

ENGLISH = """
14 November 2025 | 2025-11-14
14 NOVEMBER 2025 | 2025-11-14
14 november 2025. | 2025-11-14
November 14, 2025 | 2025-11-14
November 14 2025 | 2025-11-14
Nov 14th 2025 | 2025-11-14
Nov. 14, 2025 | 2025-11-14
14th November 2025 | 2025-11-14
14th of November 2025 | 2025-11-14
the 14th of November, 2025 | 2025-11-14
on 14 November 2025 | 2025-11-14
14 Nov 2025 | 2025-11-14
14-Nov-2025 | 2025-11-14
14-Nov-25 | 2025-11-14
14 Nov 25 | 2025-11-14
14 Nov '25 | 2025-11-14
2025 November 14 | 2025-11-14
1st October 2025 | 2025-10-01
first of October 2025 | 2025-10-01
October 1st | 2025-10-01
2nd October | 2025-10-02
3rd October | 2025-10-03
22nd of October | 2025-10-22
14 November | 2025-11-14
14 September | 2026-09-14
15 September | 2025-09-15
16 September | 2025-09-16
29 February | 2028-02-29
Friday 14 November 2025 | 2025-11-14
Friday, 14 November 2025 | 2025-11-14
Fri 14 Nov 2025 | 2025-11-14
Fri. 14 Nov. 2025 | 2025-11-14
Friday, November 14, 2025 | 2025-11-14
14 November 2025, Friday | 2025-11-14
14 November 2025 (Friday) | 2025-11-14
14 November 2025 (Fri.) | 2025-11-14
Friday 14 November | 2025-11-14
Tues 18 November 2025 | 2025-11-18
Weds 19 November | 2025-11-19
Thurs 20 November | 2025-11-20
1-3 October 2025 | 2025-10-01/2025-10-03
1–3 October 2025 | 2025-10-01/2025-10-03
1 – 3 October 2025 | 2025-10-01/2025-10-03
1 to 3 October 2025 | 2025-10-01/2025-10-03
1st–3rd October 2025 | 2025-10-01/2025-10-03
from 1 to 3 October 2025 | 2025-10-01/2025-10-03
from the 1st to the 3rd of October 2025 | 2025-10-01/2025-10-03
between 1 and 3 October 2025 | 2025-10-01/2025-10-03
from 1 until 3 October 2025 | 2025-10-01/2025-10-03
1 through 3 October | 2025-10-01/2025-10-03
October 1-3, 2025 | 2025-10-01/2025-10-03
October 1–3 | 2025-10-01/2025-10-03
Oct. 1st to 3rd, 2025 | 2025-10-01/2025-10-03
September 30-October 2, 2025 | 2025-09-30/2025-10-02
September 30–October 2 | 2025-09-30/2025-10-02
30 September – 2 October 2025 | 2025-09-30/2025-10-02
30 September–2 October 2025 | 2025-09-30/2025-10-02
30 Sep 2025 - 2 Oct 2025 | 2025-09-30/2025-10-02
30 Sep 2025-2 Oct 2025 | 2025-09-30/2025-10-02
30 Sep 2025-12 Oct 2025 | 2025-09-30/2025-10-12
30-Sep-2025 – 2-Oct-2025 | 2025-09-30/2025-10-02
30 Sept – 2 Oct | 2025-09-30/2025-10-02
30 September 2025 – 2 October | 2025-09-30/2025-10-02
30 December 2025 – 2 January 2026 | 2025-12-30/2026-01-02
30 December – 2 January 2026 | 2025-12-30/2026-01-02
30 December 2025 – 2 January | 2025-12-30/2026-01-02
30 December – 2 January | 2025-12-30/2026-01-02
13–16 September | 2025-09-13/2025-09-16
Friday 14 – Sunday 16 November 2025 | 2025-11-14/2025-11-16
Fri 14-Sun 16 Nov | 2025-11-14/2025-11-16
Friday and Saturday, 14 and 15 November | 2025-11-14/2025-11-15
Wednesday 1 to Friday 3 October | 2025-10-01/2025-10-03
26 and 27 September | 2025-09-26/2025-09-27
26 & 27 September 2025 | 2025-09-26/2025-09-27
26/27 September 2025 | 2025-09-26/2025-09-27
September 26 and 27, 2025 | 2025-09-26/2025-09-27
30 September and 1 October 2025 | 2025-09-30/2025-10-01
31 December 2025 and 1 January 2026 | 2025-12-31/2026-01-01
31 December and 1 January | 2025-12-31/2026-01-01
November 2025 | 2025-11
Nov. 2025 | 2025-11
Nov-2025 | 2025-11
Nov/2025 | 2025-11
Nov '25 | 2025-11
in November 2025 | 2025-11
November | 2025-11
September | 2025-09
August | 2026-08
May | 2026-05
the month of May 2026 | 2026-05
September–November 2025 | 2025-09/2025-11
Sep-Nov 2025 | 2025-09/2025-11
September to November | 2025-09/2025-11
from September to November 2025 | 2025-09/2025-11
between September and November 2025 | 2025-09/2025-11
Dec 2025 – Feb 2026 | 2025-12/2026-02
December – February 2026 | 2025-12/2026-02
September and October 2025 | 2025-09/2025-10
Sep/Oct 2025 | 2025-09/2025-10
early October 2025 | 2025-10~
mid October 2025 | 2025-10~
mid-October 2025 | 2025-10~
late October | 2025-10~
end of October 2025 | 2025-10~
beginning of October 2025 | 2025-10~
at the end of October 2025 | 2025-10~
first half of October 2025 | 2025-10~
early 2026 | 2026~
late autumn 2025 | 2025-23~
autumn 2025 | 2025-23
Autumn 2025 | 2025-23
in the autumn of 2025 | 2025-23
fall 2025 | 2025-23
Fall of 2025 | 2025-23
autumn | 2025-23
autumn '25 | 2025-23
spring | 2026-21
summer | 2026-22
winter | 2025-24
winter 2025 | 2025-24
Winter 2025-2026 | 2025-24
Winter 2025–2026 | 2025-24
winter 2025/26 | 2025-24
winter 2025-26 | 2025-24
winter 2023-24 | 2023-24
winter 2011-12 | 2011-24
winter 2025/2026 | 2025-24
2025/26 winter | 2025-24
Autumn 2025 (Sep–Nov) | 2025-23
Autumn 2025 (Sept–Nov) | 2025-23
Autumn 2025 (September to November) | 2025-23
Winter 2025–2026 (Dec 2025 – Feb 2026) | 2025-24
Q2 2026 (Apr–Jun) | 2026-34
2nd quarter 2026 | 2026-34
2nd quarter of 2026 | 2026-34
second quarter of 2026 | 2026-34
the second quarter of 2026 | 2026-34
quarter 2 2026 | 2026-34
last quarter of 2026 | 2026-36
fourth quarter | 2025-36
first half of 2026 | 2026-01/2026-06
second half of 2026 | 2026-07/2026-12
second half 2025 | 2025-07/2025-12
in 2026 | 2026
sometime in 2026 | 2026
the year 2026 | 2026
from 2025 to 2027 | 2025/2027
between 2025 and 2027 | 2025/2027
2025 and 2026 | 2025/2026
the 1990s | 199X
the '90s | 199X
the 90s | 199X
decade of the 1990s | 199X
early 1990s | 199X~
about April 2026 | 2026-04~
around April 2026 | 2026-04~
approximately April 2026 | 2026-04~
circa 2021 | 2021~
c. 2021 | 2021~
c.2021 | 2021~
ca. 2021 | 2021~
~ April 2026 | 2026-04~
~April 2026 | 2026-04~
about 14 November | 2025-11-14~
about the 1st quarter 2026 | 2026-33~
about winter 2025–2026 | 2025-24~
about the 1990s | 199X~
to be announced | XXXX
To be announced. | XXXX
Date to be announced | XXXX
Date: to be confirmed | XXXX
dates to be confirmed | XXXX
TBA | XXXX
T.B.A. | XXXX
tbc | XXXX
TBD | XXXX
date tbc | XXXX
to be determined | XXXX
not yet announced | XXXX
unknown | XXXX
today | 2025-09-15
tomorrow | 2025-09-16
the day after tomorrow | 2025-09-17
14 November 2025, 12:50 | 2025-11-14 | 12:50
14 November 2025 12:50 | 2025-11-14 | 12:50
14 November 2025 · 12:50 | 2025-11-14 | 12:50
14 November 2025 at 6 pm | 2025-11-14 | 18:00
14 November 2025 at 6pm | 2025-11-14 | 18:00
14 November 2025, 6 p.m. | 2025-11-14 | 18:00
14 November 2025, 6:30 PM | 2025-11-14 | 18:30
14 November 2025 6.30pm | 2025-11-14 | 18:30
14 November 2025 at 9 a.m. | 2025-11-14 | 09:00
14 November 2025, 12 pm | 2025-11-14 | 12:00
14 November 2025, 12 am | 2025-11-14 | 00:00
14 November 2025 at noon | 2025-11-14 | 12:00
14 November 2025 at 18 | 2025-11-14 | 18:00
14 November 2025 at 18:00 | 2025-11-14 | 18:00
14 November 2025, 18:00 h | 2025-11-14 | 18:00
14 November 2025, 10:00–12:30 | 2025-11-14 | 10:00-12:30
14 November 2025, 10:00 to 12:30 | 2025-11-14 | 10:00-12:30
14 November 2025 from 10:00 to 12:30 | 2025-11-14 | 10:00-12:30
14 November 2025 between 10:00 and 12:30 | 2025-11-14 | 10:00-12:30
14 November 2025, 6–8 pm | 2025-11-14 | 18:00-20:00
14 November 2025, 6:30-8pm | 2025-11-14 | 18:30-20:00
14 November 2025, 11-1 pm | 2025-11-14 | 11:00-13:00
14 November 2025, 10 am – 1 pm | 2025-11-14 | 10:00-13:00
14 November, 10am-12pm | 2025-11-14 | 10:00-12:00
14 November 2025 from 6 pm | 2025-11-14 | 18:00
14 November 2025, until 12:00 | 2025-11-14 | -12:00
14 November 2025, 10:00 (Lisbon time) | 2025-11-14 | 10:00
14 November 2025, 10:00–12:00 (Buenos Aires time) | 2025-11-14 | 10:00-12:00
14 November 2025, 10:00 (UTC) | 2025-11-14 | 10:00
14 November 2025, 10:00 (UTC−12) | 2025-11-14 | 10:00
14 November 2025, 10:00 (local time) | 2025-11-14 | 10:00
6 pm, 14 November 2025 | 2025-11-14 | 18:00
10:00–12:00, 14 November 2025 | 2025-11-14 | 10:00-12:00
1 October, 10:00 – 3 October 2025, 12:00 | 2025-10-01/2025-10-03 | 10:00-12:00
1–3 October 2025, 10:00–18:00 | 2025-10-01/2025-10-03 | 10:00-18:00
Friday 14 November, 18:30 | 2025-11-14 | 18:30
today at 6 pm | 2025-09-15 | 18:00
tomorrow, 18:30 | 2025-09-16 | 18:30
"""

SPANISH = """
14 de noviembre de 2025 | 2025-11-14
14 de noviembre del 2025 | 2025-11-14
14 noviembre 2025 | 2025-11-14
14 nov 2025 | 2025-11-14
14 nov. 2025 | 2025-11-14
14-nov-2025 | 2025-11-14
14/nov/2025 | 2025-11-14
el 14 de noviembre | 2025-11-14
el día 14 de noviembre de 2025 | 2025-11-14
14 de Noviembre | 2025-11-14
1 de octubre | 2025-10-01
1º de octubre de 2025 | 2025-10-01
1.º de octubre de 2025 | 2025-10-01
1° de octubre de 2025 | 2025-10-01
1ero de octubre | 2025-10-01
primero de octubre de 2025 | 2025-10-01
noviembre 14, 2025 | 2025-11-14
vie. 14 nov 2025 | 2025-11-14
viernes 14 de noviembre de 2025 | 2025-11-14
viernes, 14 de noviembre de 2025 | 2025-11-14
miércoles 1 de octubre | 2025-10-01
mié 1 oct | 2025-10-01
sábado 15 de noviembre | 2025-11-15
martes 18 de noviembre de 2025 | 2025-11-18
mar 18 nov 2025 | 2025-11-18
mar 18 mar 2025 | 2025-03-18
18 mar 2025 | 2025-03-18
mar 2026 | 2026-03
mar | 2026-03
1-3 de octubre de 2025 | 2025-10-01/2025-10-03
1 a 3 de octubre de 2025 | 2025-10-01/2025-10-03
1 al 3 de octubre de 2025 | 2025-10-01/2025-10-03
del 1 al 3 de octubre de 2025 | 2025-10-01/2025-10-03
Del 1 al 3 de octubre | 2025-10-01/2025-10-03
del 1 al 3 octubre 2025 | 2025-10-01/2025-10-03
desde el 1 hasta el 3 de octubre de 2025 | 2025-10-01/2025-10-03
entre el 1 y el 3 de octubre | 2025-10-01/2025-10-03
del 30 de septiembre al 2 de octubre de 2025 | 2025-09-30/2025-10-02
30 de septiembre – 2 de octubre de 2025 | 2025-09-30/2025-10-02
del 30 de diciembre de 2025 al 2 de enero de 2026 | 2025-12-30/2026-01-02
del 30 de diciembre al 2 de enero de 2026 | 2025-12-30/2026-01-02
del miércoles 1 al viernes 3 de octubre de 2025 | 2025-10-01/2025-10-03
del 01/10/2025 al 03/10/2025 | 2025-10-01/2025-10-03
los días 26 y 27 de septiembre de 2025 | 2025-09-26/2025-09-27
26 y 27 de septiembre | 2025-09-26/2025-09-27
viernes y sábado, 14 y 15 de noviembre | 2025-11-14/2025-11-15
viernes 14 y sábado 15 de noviembre de 2025 | 2025-11-14/2025-11-15
30 de septiembre y 1 de octubre de 2025 | 2025-09-30/2025-10-01
noviembre de 2025 | 2025-11
noviembre del 2025 | 2025-11
noviembre | 2025-11
en noviembre | 2025-11
mes de noviembre de 2025 | 2025-11
setiembre de 2026 | 2026-09
sept. 2026 | 2026-09
de septiembre a noviembre de 2025 | 2025-09/2025-11
septiembre-noviembre 2025 | 2025-09/2025-11
septiembre y octubre de 2025 | 2025-09/2025-10
diciembre de 2025 – febrero de 2026 | 2025-12/2026-02
principios de octubre | 2025-10~
a principios de octubre de 2025 | 2025-10~
mediados de octubre de 2025 | 2025-10~
a mediados de octubre | 2025-10~
finales de octubre de 2025 | 2025-10~
a finales de octubre | 2025-10~
fines de octubre | 2025-10~
primera quincena de octubre | 2025-10~
a finales de 2026 | 2026~
otoño de 2025 | 2025-23
Otoño 2025 | 2025-23
otono 2025 | 2025-23
en otoño | 2025-23
primavera de 2026 | 2026-21
verano 2026 | 2026-22
en el verano de 2026 | 2026-22
invierno de 2025–2026 | 2025-24
invierno 2025/2026 | 2025-24
invierno 2025-26 | 2025-24
otoño de 2025 (sept–nov) | 2025-23
2.º trimestre de 2026 | 2026-34
2º trimestre 2026 | 2026-34
segundo trimestre de 2026 | 2026-34
1.er trimestre de 2026 | 2026-33
1er trimestre de 2026 | 2026-33
3.er trimestre | 2025-35
tercer trimestre de 2026 | 2026-35
cuarto trimestre de 2026 | 2026-36
último trimestre de 2025 | 2025-36
T2 de 2026 | 2026-34
primer semestre 2026 | 2026-01/2026-06
primer semestre de 2026 | 2026-01/2026-06
segundo semestre de 2026 | 2026-07/2026-12
primera mitad de 2026 | 2026-01/2026-06
segunda mitad de 2026 | 2026-07/2026-12
año 2026 | 2026
en 2026 | 2026
a lo largo de 2026 | 2026
de 2025 a 2027 | 2025/2027
2025 y 2026 | 2025/2026
años 90 | 199X
los años 90 | 199X
años 1990 | 199X
década de 1990 | 199X
década de los 90 | 199X
la década de los años 90 | 199X
hacia abril de 2026 | 2026-04~
hacia el 14 de noviembre | 2025-11-14~
sobre el 14 de noviembre | 2025-11-14~
alrededor de abril de 2026 | 2026-04~
aproximadamente en abril de 2026 | 2026-04~
aprox. abril 2026 | 2026-04~
hacia el otoño de 2026 | 2026-23~
hacia la década de 1990 | 199X~
hacia el 1.er trimestre de 2026 | 2026-33~
por anunciar | XXXX
Por confirmar | XXXX
a confirmar | XXXX
fecha por determinar | XXXX
Fecha por anunciar | XXXX
Fecha: por confirmar | XXXX
pendiente | XXXX
pendiente de confirmación | XXXX
por definir | XXXX
hoy | 2025-09-15
mañana | 2025-09-16
pasado mañana | 2025-09-17
mañana a las 18:00 | 2025-09-16 | 18:00
14 de noviembre de 2025, 18:30 | 2025-11-14 | 18:30
14 de noviembre de 2025 a las 18:30 | 2025-11-14 | 18:30
14 de noviembre de 2025 a las 18:30 h | 2025-11-14 | 18:30
14 de noviembre a las 18 h | 2025-11-14 | 18:00
14 de noviembre a las 18 | 2025-11-14 | 18:00
14 de noviembre de 2025, 18.30 h | 2025-11-14 | 18:30
14 de noviembre a las 18 horas | 2025-11-14 | 18:00
14 de noviembre a las 6 de la tarde | 2025-11-14 | 18:00
14 de noviembre a las 10 de la mañana | 2025-11-14 | 10:00
14 de noviembre a las 6 p. m. | 2025-11-14 | 18:00
14 de noviembre de 2025, de 10:00 a 12:00 h | 2025-11-14 | 10:00-12:00
14 de noviembre de 2025, de 10 a 12 h | 2025-11-14 | 10:00-12:00
14 de noviembre, de 10 a 12 h | 2025-11-14 | 10:00-12:00
14 de noviembre de 2025 de 10:00 a las 12:00 | 2025-11-14 | 10:00-12:00
14 de noviembre de 2025, desde las 10:00 hasta las 12:00 | 2025-11-14 | 10:00-12:00
14 de noviembre de 2025, a partir de las 18 h | 2025-11-14 | 18:00
14 de noviembre de 2025, hasta las 12:00 | 2025-11-14 | -12:00
14 de noviembre de 2025, entre las 10:00 y las 12:00 | 2025-11-14 | 10:00-12:00
14 de noviembre al mediodía | 2025-11-14 | 12:00
14 de noviembre de 2025, 10:00 (hora de Barcelona) | 2025-11-14 | 10:00
14 de noviembre de 2025, 10:00 (hora de las Azores) | 2025-11-14 | 10:00
14 de noviembre de 2025, 10:00 (hora local) | 2025-11-14 | 10:00
noviembre 14 a las 18 h | 2025-11-14 | 18:00
del 1 al 3 de octubre a las 10:00 | 2025-10-01/2025-10-03 | 10:00
"""

FRENCH = """
14 novembre 2025 | 2025-11-14
le 14 novembre 2025 | 2025-11-14
Le 14 novembre | 2025-11-14
14 nov. 2025 | 2025-11-14
1er octobre 2025 | 2025-10-01
1ᵉʳ octobre 2025 | 2025-10-01
le 1er octobre | 2025-10-01
premier octobre 2025 | 2025-10-01
14 décembre 2025 | 2025-12-14
14 DÉCEMBRE 2025 | 2025-12-14
14 decembre 2025 | 2025-12-14
3 août 2026 | 2026-08-03
3 févr. 2026 | 2026-02-03
3 juil. 2026 | 2026-07-03
3 juin 2026 | 2026-06-03
vendredi 14 novembre 2025 | 2025-11-14
le vendredi 14 novembre 2025 | 2025-11-14
ven. 14 nov. 2025 | 2025-11-14
mar. 18 novembre 2025 | 2025-11-18
mar. 18 nov. | 2025-11-18
mardi 18 mars 2025 | 2025-03-18
mer. 19 nov. 2025 | 2025-11-19
dim. 16 novembre | 2025-11-16
1-3 octobre 2025 | 2025-10-01/2025-10-03
1er-3 octobre 2025 | 2025-10-01/2025-10-03
1er – 3 octobre 2025 | 2025-10-01/2025-10-03
du 1er au 3 octobre 2025 | 2025-10-01/2025-10-03
Du 1er au 3 octobre | 2025-10-01/2025-10-03
1er au 3 octobre 2025 | 2025-10-01/2025-10-03
entre le 1er et le 3 octobre 2025 | 2025-10-01/2025-10-03
du mercredi 1er au vendredi 3 octobre 2025 | 2025-10-01/2025-10-03
du 30 septembre au 2 octobre 2025 | 2025-09-30/2025-10-02
du 30 décembre 2025 au 2 janvier 2026 | 2025-12-30/2026-01-02
du 30 décembre au 2 janvier | 2025-12-30/2026-01-02
mar. 18 – jeu. 20 novembre 2025 | 2025-11-18/2025-11-20
26 et 27 septembre | 2025-09-26/2025-09-27
les 26 et 27 septembre 2025 | 2025-09-26/2025-09-27
30 septembre et 1er octobre 2025 | 2025-09-30/2025-10-01
novembre 2025 | 2025-11
en novembre 2025 | 2025-11
mois de novembre | 2025-11
mai | 2026-05
mars 2026 | 2026-03
septembre à novembre 2025 | 2025-09/2025-11
de septembre à novembre 2025 | 2025-09/2025-11
septembre-novembre 2025 | 2025-09/2025-11
septembre et octobre 2025 | 2025-09/2025-10
début octobre | 2025-10~
début octobre 2025 | 2025-10~
au début d'octobre 2025 | 2025-10~
mi-octobre 2025 | 2025-10~
fin octobre 2025 | 2025-10~
fin 2026 | 2026~
automne 2025 | 2025-23
à l'automne 2025 | 2025-23
à l’automne | 2025-23
été 2026 | 2026-22
l'été 2026 | 2026-22
au printemps 2026 | 2026-21
hiver 2025-2026 | 2025-24
hiver 2025–2026 (déc. 2025 – févr. 2026) | 2025-24
automne 2025 (sept.–nov.) | 2025-23
2e trimestre 2026 | 2026-34
2ème trimestre 2026 | 2026-34
2ᵉ trimestre 2026 | 2026-34
deuxième trimestre 2026 | 2026-34
1er trimestre 2026 | 2026-33
dernier trimestre 2025 | 2025-36
T2 2026 | 2026-34
1er semestre 2026 | 2026-01/2026-06
second semestre 2026 | 2026-07/2026-12
année 2026 | 2026
l'an 2026 | 2026
de 2025 à 2027 | 2025/2027
années 90 | 199X
années 1990 | 199X
les années 1990 | 199X
des années 1990 | 199X
vers le 14 novembre | 2025-11-14~
vers avril 2026 | 2026-04~
vers l'automne 2026 | 2026-23~
vers les années 1990 | 199X~
environ avril 2026 | 2026-04~
aux alentours du 14 novembre | 2025-11-14~
à annoncer | XXXX
À confirmer | XXXX
à déterminer | XXXX
date à préciser | XXXX
Date : à confirmer | XXXX
Date à annoncer | XXXX
date non communiquée | XXXX
aujourd'hui | 2025-09-15
aujourd’hui | 2025-09-15
demain | 2025-09-16
après-demain | 2025-09-17
14 novembre 2025 à 18h30 | 2025-11-14 | 18:30
14 novembre 2025 à 18 h 30 | 2025-11-14 | 18:30
14 novembre 2025 à 18h | 2025-11-14 | 18:00
14 novembre à 18 heures | 2025-11-14 | 18:00
14 novembre à 18 heures 30 | 2025-11-14 | 18:30
14 novembre 2025, 18:30 | 2025-11-14 | 18:30
14 novembre 2025 de 10h à 12h | 2025-11-14 | 10:00-12:00
14 novembre 2025, de 10 h à 12 h 30 | 2025-11-14 | 10:00-12:30
14 novembre 2025 (18h30) | 2025-11-14 | 18:30
14 novembre 2025, 10h-12h30 | 2025-11-14 | 10:00-12:30
14 novembre 2025 de 10 à 12h | 2025-11-14 | 10:00-12:00
14 novembre à midi | 2025-11-14 | 12:00
14 novembre 2025 dès 18h | 2025-11-14 | 18:00
14 novembre 2025 à partir de 18h | 2025-11-14 | 18:00
14 novembre 2025, jusqu'à 12:00 | 2025-11-14 | -12:00
14 novembre 2025, 10:00 (heure des Açores) | 2025-11-14 | 10:00
14 novembre 2025, 10:00 (heure de Paris) | 2025-11-14 | 10:00
14 novembre 2025, 10:00 (heure d’Athènes) | 2025-11-14 | 10:00
18h30, 14 novembre 2025 | 2025-11-14 | 18:30
"""

CATALAN = """
14 de novembre del 2025 | 2025-11-14
14 de novembre de 2025 | 2025-11-14
14 d'octubre del 2025 | 2025-10-14
14 d’octubre | 2025-10-14
el 14 de novembre | 2025-11-14
14 novembre 2025 | 2025-11-14
14 de nov. del 2025 | 2025-11-14
l'1 d'octubre | 2025-10-01
l'11 de setembre de 2026 | 2026-09-11
1r d'octubre | 2025-10-01
1 de març del 2026 | 2026-03-01
1 de gener | 2026-01-01
3 de febr. 2026 | 2026-02-03
3 d'ag. del 2026 | 2026-08-03
14 de des. de 2025 | 2025-12-14
des. 2025 | 2025-12
divendres, 14 de novembre del 2025 | 2025-11-14
divendres 14 de novembre | 2025-11-14
dv. 14 de novembre de 2025 | 2025-11-14
dc. 1 d'octubre | 2025-10-01
dimarts 18 de novembre | 2025-11-18
1–3 d'octubre del 2025 | 2025-10-01/2025-10-03
de l'1 al 3 d'octubre | 2025-10-01/2025-10-03
de l’1 al 3 d’octubre del 2025 | 2025-10-01/2025-10-03
del 2 al 4 d'octubre de 2025 | 2025-10-02/2025-10-04
des de l'1 fins al 3 d'octubre de 2025 | 2025-10-01/2025-10-03
des del 2 fins al 4 d'octubre | 2025-10-02/2025-10-04
entre l'1 i el 3 d'octubre | 2025-10-01/2025-10-03
del 30 de setembre al 2 d'octubre del 2025 | 2025-09-30/2025-10-02
del 30 de desembre al 2 de gener del 2026 | 2025-12-30/2026-01-02
26 i 27 de setembre del 2025 | 2025-09-26/2025-09-27
els dies 26 i 27 de setembre | 2025-09-26/2025-09-27
novembre del 2025 | 2025-11
novembre | 2025-11
de setembre a novembre del 2025 | 2025-09/2025-11
setembre–novembre del 2025 | 2025-09/2025-11
principis d'octubre | 2025-10~
a principis d’octubre | 2025-10~
mitjan octubre | 2025-10~
a mitjan octubre | 2025-10~
finals d'octubre | 2025-10~
a finals d'octubre | 2025-10~
tardor 2025 | 2025-23
tardor del 2025 | 2025-23
a la tardor del 2025 | 2025-23
la tardor de 2025 | 2025-23
estiu 2026 | 2026-22
a l'estiu | 2026-22
hivern 2025-2026 | 2025-24
hivern del 2025–2026 | 2025-24
hivern 2025/26 | 2025-24
tardor del 2025 (set.–nov.) | 2025-23
2n trimestre del 2026 | 2026-34
segon trimestre del 2026 | 2026-34
1r trimestre del 2026 | 2026-33
4t trimestre de 2026 | 2026-36
3r trimestre | 2025-35
darrer trimestre del 2025 | 2025-36
primer semestre del 2026 | 2026-01/2026-06
2n semestre del 2026 | 2026-07/2026-12
l'any 2026 | 2026
del 2025 al 2027 | 2025/2027
anys 90 | 199X
els anys 90 | 199X
dècada del 1990 | 199X
dècada dels 90 | 199X
cap a l'abril | 2026-04~
cap a l’abril del 2026 | 2026-04~
cap al 14 de novembre | 2025-11-14~
cap a la tardor del 2026 | 2026-23~
al voltant de l'abril del 2026 | 2026-04~
per anunciar | XXXX
per confirmar | XXXX
pendent | XXXX
pendent de confirmar | XXXX
Data per anunciar | XXXX
data per determinar | XXXX
avui | 2025-09-15
demà | 2025-09-16
demà passat | 2025-09-17
14 de novembre a les 18 h | 2025-11-14 | 18:00
14 de novembre a les 18.30 h | 2025-11-14 | 18:30
14 de novembre del 2025, 18:30 | 2025-11-14 | 18:30
14 de novembre del 2025 a les 18:30 hores | 2025-11-14 | 18:30
14 de novembre a les 6 de la tarda | 2025-11-14 | 18:00
14 de novembre del 2025, de 10 a 12 h | 2025-11-14 | 10:00-12:00
14 de novembre del 2025, de 10.00 a 12.00 h | 2025-11-14 | 10:00-12:00
14 de novembre del 2025, de les 10:00 a les 12:00 | 2025-11-14 | 10:00-12:00
14 de novembre del 2025, fins a les 12:00 | 2025-11-14 | -12:00
14 de novembre al migdia | 2025-11-14 | 12:00
14 de novembre del 2025, 10:00 (hora de Barcelona) | 2025-11-14 | 10:00
14 de novembre del 2025, 10:00 (hora d’Atenes) | 2025-11-14 | 10:00
"""

PORTUGUESE = """
14 de novembro de 2025 | 2025-11-14
14 novembro 2025 | 2025-11-14
14 de nov. de 2025 | 2025-11-14
14 nov 2025 | 2025-11-14
dia 14 de novembro | 2025-11-14
no dia 14 de novembro de 2025 | 2025-11-14
1 de outubro | 2025-10-01
1º de outubro de 2025 | 2025-10-01
1.º de outubro de 2025 | 2025-10-01
primeiro de outubro | 2025-10-01
3 de março de 2026 | 2026-03-03
3 de fev. de 2026 | 2026-02-03
3 out. 2025 | 2025-10-03
3 set. 2026 | 2026-09-03
3 dez 2025 | 2025-12-03
sexta-feira, 14 de novembro de 2025 | 2025-11-14
sexta feira 14 de novembro | 2025-11-14
sexta, 14 de novembro de 2025 | 2025-11-14
sex. 14 nov. 2025 | 2025-11-14
6ª feira, 14 de novembro de 2025 | 2025-11-14
6ª-feira, 14 de novembro de 2025 | 2025-11-14
segunda-feira, 17 de novembro de 2025 | 2025-11-17
2ª feira, 17 de novembro | 2025-11-17
terça-feira, 18 de novembro | 2025-11-18
quarta, 19 de novembro | 2025-11-19
sábado, 15 de novembro | 2025-11-15
de 1 a 3 de outubro de 2025 | 2025-10-01/2025-10-03
1 a 3 de outubro | 2025-10-01/2025-10-03
1–3 de outubro de 2025 | 2025-10-01/2025-10-03
do dia 1 ao dia 3 de outubro | 2025-10-01/2025-10-03
entre 1 e 3 de outubro de 2025 | 2025-10-01/2025-10-03
desde 1 até 3 de outubro de 2025 | 2025-10-01/2025-10-03
30 de setembro a 2 de outubro de 2025 | 2025-09-30/2025-10-02
de 30 de dezembro de 2025 a 2 de janeiro de 2026 | 2025-12-30/2026-01-02
26 e 27 de setembro | 2025-09-26/2025-09-27
dias 26 e 27 de setembro de 2025 | 2025-09-26/2025-09-27
novembro de 2025 | 2025-11
novembro | 2025-11
de setembro a novembro de 2025 | 2025-09/2025-11
setembro–novembro de 2025 | 2025-09/2025-11
setembro e outubro de 2025 | 2025-09/2025-10
início de outubro | 2025-10~
no início de outubro de 2025 | 2025-10~
princípios de outubro | 2025-10~
meados de outubro | 2025-10~
em meados de outubro de 2025 | 2025-10~
fim de outubro | 2025-10~
no final de outubro | 2025-10~
fins de outubro | 2025-10~
outono de 2025 | 2025-23
no outono de 2025 | 2025-23
primavera 2026 | 2026-21
verão 2026 | 2026-22
inverno de 2025–2026 | 2025-24
outono de 2025 (set.–nov.) | 2025-23
2.º trimestre de 2026 | 2026-34
2º trimestre de 2026 | 2026-34
segundo trimestre de 2026 | 2026-34
primeiro semestre de 2026 | 2026-01/2026-06
segunda metade de 2026 | 2026-07/2026-12
ano de 2026 | 2026
de 2025 a 2027 | 2025/2027
anos 90 | 199X
década de 90 | 199X
década de 1990 | 199X
por volta de abril de 2026 | 2026-04~
por volta do outono de 2026 | 2026-23~
por volta da década de 1990 | 199X~
cerca de abril de 2026 | 2026-04~
por volta de 14 de novembro | 2025-11-14~
a anunciar | XXXX
a definir | XXXX
a confirmar | XXXX
Data a anunciar | XXXX
data por confirmar | XXXX
hoje | 2025-09-15
amanhã | 2025-09-16
depois de amanhã | 2025-09-17
14 de novembro às 18h00 | 2025-11-14 | 18:00
14 de novembro de 2025 às 18h30 | 2025-11-14 | 18:30
14 de novembro de 2025, às 18:30 | 2025-11-14 | 18:30
14 de novembro de 2025 às 18 horas | 2025-11-14 | 18:00
14 de novembro, das 10h às 12h | 2025-11-14 | 10:00-12:00
14 de novembro de 2025, das 10:00 às 12:00 | 2025-11-14 | 10:00-12:00
14 de novembro de 2025, das 10h às 12 | 2025-11-14 | 10:00-12:00
14 de novembro de 2025, 10h00–12h30 | 2025-11-14 | 10:00-12:30
14 de novembro às 6 da tarde | 2025-11-14 | 18:00
14 de novembro ao meio-dia | 2025-11-14 | 12:00
14 de novembro de 2025, até às 12:00 | 2025-11-14 | -12:00
14 de novembro de 2025, a partir das 18h | 2025-11-14 | 18:00
14 de novembro de 2025, 10:00 (hora de Lisboa) | 2025-11-14 | 10:00
14 de novembro de 2025, 10:00 (hora da Madeira) | 2025-11-14 | 10:00
"""

ITALIAN = """
14 novembre 2025 | 2025-11-14
1º ottobre 2025 | 2025-10-01
il 14 novembre | 2025-11-14
primo ottobre 2025 | 2025-10-01
l'8 ottobre 2025 | 2025-10-08
14 giu 2026 | 2026-06-14
14 lug. 2026 | 2026-07-14
14 ago 2026 | 2026-08-14
14 gen 2026 | 2026-01-14
14 mag 2026 | 2026-05-14
venerdì 14 novembre 2025 | 2025-11-14
ven 14 nov 2025 | 2025-11-14
martedì 18 novembre | 2025-11-18
gio 20 nov | 2025-11-20
1º–3 ottobre 2025 | 2025-10-01/2025-10-03
dal 1º al 3 ottobre 2025 | 2025-10-01/2025-10-03
dal 1 al 3 ottobre | 2025-10-01/2025-10-03
dall'8 all'11 ottobre 2025 | 2025-10-08/2025-10-11
tra il 1º e il 3 ottobre | 2025-10-01/2025-10-03
dal 30 settembre al 2 ottobre 2025 | 2025-09-30/2025-10-02
26 e 27 settembre | 2025-09-26/2025-09-27
novembre 2025 | 2025-11
da settembre a novembre 2025 | 2025-09/2025-11
settembre–novembre 2025 | 2025-09/2025-11
inizio ottobre | 2025-10~
all'inizio di ottobre 2025 | 2025-10~
metà ottobre 2025 | 2025-10~
fine ottobre | 2025-10~
autunno 2025 | 2025-23
nell'autunno del 2025 | 2025-23
estate 2026 | 2026-22
inverno 2025-2026 | 2025-24
2º trimestre 2026 | 2026-34
secondo trimestre del 2026 | 2026-34
primo semestre 2026 | 2026-01/2026-06
prima metà del 2026 | 2026-01/2026-06
anni 90 | 199X
I trimestre 2026 | 2026-33
II trimestre 2026 | 2026-34
IV trimestre 2026 | 2026-36
aprile 2026 (circa) | 2026-04~
anni '90 | 199X
anni 1990 circa | 199X~
aprile 2026 circa | 2026-04~
verso aprile 2026 | 2026-04~
1º trimestre 2026 circa | 2026-33~
inverno 2025–2026 circa | 2025-24~
da annunciare | XXXX
da definire | XXXX
data da destinarsi | XXXX
oggi | 2025-09-15
domani | 2025-09-16
dopodomani | 2025-09-17
14 novembre 2025 ore 18:30 | 2025-11-14 | 18:30
14 novembre 2025, ore 18.30 | 2025-11-14 | 18:30
14 novembre 2025 alle 18:30 | 2025-11-14 | 18:30
14 novembre 2025 alle ore 18 | 2025-11-14 | 18:00
14 novembre 2025, ore 9 | 2025-11-14 | 09:00
14 novembre 2025 dalle 10:00 alle 12:00 | 2025-11-14 | 10:00-12:00
14 novembre 2025, 10:00 (ora di Roma) | 2025-11-14 | 10:00
14 novembre 2025, 10:00 (ora dell’Avana) | 2025-11-14 | 10:00
"""

KOREAN = """
2025년 11월 14일 | 2025-11-14
2025년11월14일 | 2025-11-14
11월 14일 | 2025-11-14
25년 11월 14일 | 2025-11-14
2025. 11. 14.(금) | 2025-11-14
2025년 11월 14일 금요일 | 2025-11-14
2025년 11월 14일(금) | 2025-11-14
2025년 11월 14일 (금요일) | 2025-11-14
11월 17일 월요일 | 2025-11-17
2025년 10월 1~3일 | 2025-10-01/2025-10-03
2025년 10월 1일~3일 | 2025-10-01/2025-10-03
2025년 10월 1일(수)~3일(금) | 2025-10-01/2025-10-03
2025년 10월 1일 ~ 10월 3일 | 2025-10-01/2025-10-03
2025년 10월 1일 - 3일 | 2025-10-01/2025-10-03
2025년 10월 1일부터 3일까지 | 2025-10-01/2025-10-03
2025년 9월 30일~10월 2일 | 2025-09-30/2025-10-02
2025.09.30~2025.10.02 | 2025-09-30/2025-10-02
2025.09.30~10.02 | 2025-09-30/2025-10-02
2025.10.01~10.03 | 2025-10-01/2025-10-03
2025년 12월 30일~2026년 1월 2일 | 2025-12-30/2026-01-02
9월 26일과 27일 | 2025-09-26/2025-09-27
2025년 11월 | 2025-11
11월 | 2025-11
2025년 9월~11월 | 2025-09/2025-11
2025년 9~11월 | 2025-09/2025-11
2025년 12월~2026년 2월 | 2025-12/2026-02
10월 초 | 2025-10~
2025년 10월 중순 | 2025-10~
2025년 10월 말 | 2025-10~
2025년 가을 | 2025-23
가을 | 2025-23
2025~2026년 겨울 | 2025-24
2025년 겨울 | 2025-24
2026년 2분기 | 2026-34
2분기 | 2026-34
2026년 상반기 | 2026-01/2026-06
2026년 하반기 | 2026-07/2026-12
2026년 | 2026
2025~2027년 | 2025/2027
1990년대 | 199X
90년대 | 199X
2026년 4월경 | 2026-04~
2026년 4월쯤 | 2026-04~
약 2026년 4월 | 2026-04~
2025~2026년 겨울경 | 2025-24~
1990년대경 | 199X~
추후 공지 | XXXX
날짜 추후 공지 | XXXX
미정 | XXXX
날짜 미정 | XXXX
오늘 | 2025-09-15
내일 | 2025-09-16
2025년 11월 14일 오후 6시 30분 | 2025-11-14 | 18:30
2025년 11월 14일 오후 6시 | 2025-11-14 | 18:00
2025년 11월 14일 오전 10시 | 2025-11-14 | 10:00
2025년 11월 14일 오후 6시 반 | 2025-11-14 | 18:30
2025년 11월 14일 18:30 | 2025-11-14 | 18:30
2025년 11월 14일 18시 30분 | 2025-11-14 | 18:30
2025년 11월 14일(금) 오후 2시~4시 | 2025-11-14 | 14:00-16:00
2025년 11월 14일 14시~16시 | 2025-11-14 | 14:00-16:00
2025년 11월 14일 오전 10시부터 오후 12시까지 | 2025-11-14 | 10:00-12:00
2025년 11월 14일 12:00까지 | 2025-11-14 | -12:00
2025년 11월 14일 10:00 (서울 시간) | 2025-11-14 | 10:00
"""

TABLES = {
    "figures": FIGURES,
    "en": ENGLISH,
    "es": SPANISH,
    "fr": FRENCH,
    "ca": CATALAN,
    "pt": PORTUGUESE,
    "it": ITALIAN,
    "ko": KOREAN,
}
ROWS = [
    pytest.param(*[*row.split(" | "), ""][:3], id=f"{table}: {row}")
    for table, rows in TABLES.items()
    for row in rows.strip().splitlines()
]


def at(text):
    return time.fromisoformat(text) if text else None


@pytest.mark.parametrize(("text", "edtf", "times"), ROWS)
def test_a_date_is_understood_as_people_write_it(text, edtf, times):
    start, _dash, end = times.partition("-")

    assert read_date(text, today=TODAY) == ReadDate(parse_edtf(edtf), at(start), at(end))


SOUTHERN = """
summer 2025–2026 | 2025-22
verano de 2025–2026 | 2025-22
verano 2025/26 | 2025-22
été 2025-2026 | 2025-22
verão de 2025–2026 (dez. 2025 – fev. 2026) | 2025-22
winter 2025 | 2025-24
winter | 2026-24
summer | 2025-22
spring | 2025-21
Autumn 2025 (Mar–May) | 2025-23
"""


@pytest.mark.parametrize("row", SOUTHERN.strip().splitlines())
def test_in_the_south_the_season_over_new_year_is_summer(row):
    text, edtf = row.split(" | ")

    assert read_date(text, today=TODAY, southern=True).when == parse_edtf(edtf)


# what is written | what the refusal has to say
REFUSED = """
 | This is not a date
- | A range of dates needs
gibberish | “gibberish” is not understood
14 Novembre2025x | is not understood
14 Brumaire 2025 | “brumaire” is not understood
14 November 2025! | “!” is not understood
14 November 2025 in Lisbon | “lisbon” is not understood
next week | Write the date itself
next Friday | Write the date itself
próxima semana | Write the date itself
la semaine prochaine | Write the date itself
every Friday | stands for many dates
cada viernes | stands for many dates
tous les vendredis | stands for many dates
매주 금요일 | stands for many dates
Friday | A day of the week needs a date
viernes | A day of the week needs a date
14 | The month is missing
the 14th | The month is missing
1-3 | The month is missing
31 November | has no day 31, but days 1 to 30
31 November 2025 | November 2025 has no day 31, but days 1 to 30. Write for example “30 November 2025”
29 February 2025 | February 2025 has no day 29, but days 1 to 28
0 November 2025 | has no day 0
14/13/2025 | There is no month 13
11/14/2025 | Write 14/11/2025
2025/14/11 | Write 14/11/2025
2025-13 | There is no month 13
00/2025 | There is no month 0
3-1 October 2025 | does not end after it starts
3–1 de octubre de 2025 | does not end after it starts
30 – 2 October 2025 | does not end after it starts
2 October – 30 September 2025 | does not end after it starts
30 October 2025 – 2 October 2025 | does not end after it starts
2027-2025 | does not end after it starts
November–October 2025 | does not end after it starts
14 and 14 November 2025 | does not end after it starts
14 and 20 May | There is something between
14 y 20 de mayo de 2026 | There is something between “14 May 2026” and “20 May 2026”
26/28 September 2025 | There is no month 28
September and November 2025 | There is something between
2025 and 2027 | There is something between
1, 2 and 3 October 2025 | is one thing too many
1 and 2 and 3 October 2025 | room for one date or one range
1–3 October and 5 October 2025 | room for one date or one range
14 November 2025 15 November 2025 | is one thing too many
14 November December 2025 | is one thing too many
14 October–November | must be alike
2025 – October 2026 | must be alike
autumn 2025 – spring 2026 | A range runs between days, months or years
Q1–Q2 2026 | A range runs between days, months or years
1990s–2000s | A range runs between days, months or years
from 14 November 2025 | A range of dates needs a start and an end
since 2020 | A range of dates needs a start and an end
desde el 14 de noviembre | A range of dates needs a start and an end
a partir del 14 de noviembre | A range of dates needs a start and an end
until 14 November 2025 | A range of dates needs
14 November 2025 – | A range of dates needs a start and an end
between October 2025 | A range of dates needs a start and an end
Saturday 14 November 2025 | Friday, not Saturday. Correct one of the two
sábado 14 de noviembre de 2025 | Friday, not Saturday. Correct one of the two
2025년 11월 14일 토요일 | Friday, not Saturday. Correct one of the two
Saturday 14 November | Friday, not Saturday. Add the year
Friday 14 – Monday 16 November 2025 | Sunday, not Monday
autumn 2025–2026 | the one that begins in the first year and ends in the second, here “Winter 2025–2026”
summer 2025/26 | the one that begins in the first year and ends in the second
winter 2025–2027 | the one that begins in the first year and ends in the second
autumn 2025 (Mar–May) | does not mean the months in brackets
winter 2025–2026 (Dec 2025 – Feb 2027) | does not mean the months in brackets
14 November 2025 (Sep–Nov) | (sep–nov)” is not understood
14 November 2025 (Lisbon time) | is not understood
14 November 2025, 18:00 (second time) | is not understood
14 November 2025, 18:00 (postponed) | is not understood
about 1–3 October 2025 | cannot be approximate
early 2025 – late 2026 | cannot be approximate
early 14 November 2025 | A day has no beginning
November 2025, 18:00 | “November 2025” is too vague for a time of day
autumn 2025 at 6 pm | is too vague for a time of day
about 14 November 2025, 18:00 | is too vague for a time of day
18:00 | The day is missing
from 10:00 to 12:00 | The day is missing
14 November 2025, 25:00 | times run from 00:00 to 23:59
14 November 2025, 18:75 | times run from 00:00 to 23:59
14 November 2025, 24:00 | times run from 00:00 to 23:59
14 November 2025 at 6 | Write it in 24 hours, 06:00 or 18:00
14 de noviembre a las 6 | Write it in 24 hours, 06:00 or 18:00
14 November 2025, 20:00–02:00 | before it starts at 20:00
14 November 2025, 10:00 and 12:00 | room for one date or one range
14 November 2025, 10:00, 12:00 | is one thing too many
0999 | Years run from 1000 to 9998
9999 | Years run from 1000 to 9998
14 November 9999 | Years run from 1000 to 9998
14 November 999 | years have four figures
20255 | years have four figures
11111111111111111111111111111111111111111111111111111111111111111111111111111111 | years have four figures
30s | Which decade 30 means is not clear
1995s | is not understood
2010/11 | This can be “November 2010” or “2010–2011”
2026 TBC | “tbc” is not understood
November 2025 (to be confirmed) | is not understood
quarter 5 2026 | is not understood
5th quarter 2026 | is not understood
second 2026 | The month is missing
semester 2026 | is not understood
2025-10-03/2025-10-01 | does not end after it starts
2016~/2018~ | A range of dates needs
2025/.. | is not understood
٢٠٢٥ | is not understood
14 November 2025?? | is not understood
"""


@pytest.mark.parametrize("row", REFUSED.strip("\n").splitlines())
def test_what_is_no_date_is_refused_with_advice(row):
    text, _bar, advice = row.partition(" | ")

    with pytest.raises(UnreadableDate) as refusal:
        read_date(text, today=TODAY)

    assert advice in str(refusal.value)
    assert re.search(r"Write|[Cc]orrect|Add the year|Give the day|takes two days", str(refusal.value))


@pytest.mark.parametrize(
    "piece", ["1", "1 ", "1-", "a ", "(", "mar ", "des ", "1.1 ", "1/1 ", "일", "é", "\u0301", "de la "]
)
def test_a_long_text_is_refused_at_once(piece):
    for text in (piece * 10_000, (piece * 200)[:200]):
        with pytest.raises(UnreadableDate):
            read_date(text, today=TODAY)


@pytest.mark.parametrize("space", ["\u00a0", "\u2009", "\u202f", "  ", "\t", "\n"])
@pytest.mark.parametrize("dash", ["-", "–", "—", "‒", "−", "‑", "~", "〜"])
def test_any_space_and_any_dash_will_do(space, dash):
    text = f"30{space}September{space}2025{space}{dash}{space}2{space}October{space}2025"

    assert read_date(text, today=TODAY).when == parse_edtf("2025-09-30/2025-10-02")


def test_signs_without_width_are_passed_over():
    assert read_date("\u200e14 November\u200b 2025\ufeff", today=TODAY).when == parse_edtf("2025-11-14")


@pytest.mark.parametrize(
    ("text", "today", "edtf"),
    [
        ("14 November", date(2025, 11, 14), "2025-11-14"),
        ("14 November", date(2025, 11, 15), "2026-11-14"),
        ("autumn", date(2025, 10, 15), "2025-23"),
        ("autumn", date(2025, 12, 1), "2026-23"),
        ("winter", date(2026, 1, 15), "2025-24"),
        ("29 February", date(2024, 2, 29), "2024-02-29"),
        ("29 February", date(2096, 3, 1), "2104-02-29"),
        ("30 December – 2 January", date(2026, 1, 1), "2025-12-30/2026-01-02"),
        ("30 December – 2 January", date(2026, 1, 3), "2026-12-30/2027-01-02"),
        ("first half", date(2026, 6, 30), "2026-01/2026-06"),
        ("4th quarter", date(2025, 12, 31), "2025-36"),
        ("today", date(2024, 2, 29), "2024-02-29"),
    ],
)
def test_without_a_year_the_next_such_date_is_meant(text, today, edtf):
    assert read_date(text, today=today).when == parse_edtf(edtf)


def test_only_words_known_to_be_ambiguous_have_two_meanings():
    assert {spelling for spelling, meanings in MEANINGS.items() if len(meanings) > 1} == {
        "mar",  # March or Tuesday
        "des",  # December or "from"
        "segunda",  # Monday or second
        "quarta",  # Wednesday or fourth
        "ore",  # "at" or "hours"
        "h",
        "i",  # "and" or the Roman one
    }


YEARS = st.integers(1000, 9987)
DAYS = st.dates(date(1000, 1, 1), date(9987, 12, 31))
POINTS = st.one_of(
    DAYS.map(lambda day: (Precision.DAY, (day.year, day.month, day.day))),
    st.tuples(st.just(Precision.MONTH), st.tuples(YEARS, st.integers(1, 12))),
    st.tuples(st.sampled_from([Precision.SEASON, Precision.QUARTER]), st.tuples(YEARS, st.integers(1, 4))),
    st.tuples(st.just(Precision.YEAR), st.tuples(YEARS)),
    st.tuples(st.just(Precision.DECADE), st.tuples(st.integers(100, 997).map(lambda decade: decade * 10))),
)
RANGES = st.one_of(
    st.tuples(st.just(Precision.DAY), DAYS, st.one_of(st.integers(1, 40), st.integers(1, 4000))).map(
        lambda drawn: EdtfDate.from_days(
            drawn[1], min(date(9998, 12, 31), date.fromordinal(drawn[1].toordinal() + drawn[2]))
        )
    ),
    st.tuples(YEARS, st.integers(1, 12), st.integers(1, 30)).map(
        lambda drawn: EdtfDate(
            Precision.MONTH,
            drawn[:2],
            (drawn[0] + (drawn[1] - 1 + drawn[2]) // 12, (drawn[1] - 1 + drawn[2]) % 12 + 1),
        )
    ),
    st.tuples(YEARS, st.integers(1, 11)).map(
        lambda drawn: EdtfDate(Precision.YEAR, (drawn[0],), (drawn[0] + drawn[1],))
    ),
)
DATES = st.one_of(
    st.tuples(POINTS, st.booleans()).map(lambda drawn: EdtfDate(*drawn[0], approximate=drawn[1])),
    RANGES,
    st.just(parse_edtf("XXXX")),
)
LANGUAGES = st.sampled_from(sorted(DATE_LANGUAGES))
TODAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@settings(max_examples=600, deadline=None)
@given(DATES, LANGUAGES, st.booleans(), TODAYS)
def test_what_the_site_says_can_be_typed(value, language, southern, today):
    text = date_text(value, language, southern=southern)

    assert read_date(text, today=today, southern=southern) == ReadDate(value)
    if gloss := months_gloss(value, language, southern=southern):
        assert read_date(f"{text} ({gloss})", today=today, southern=southern) == ReadDate(value)


@pytest.mark.parametrize("language", sorted(DATE_LANGUAGES))
@pytest.mark.parametrize("southern", [False, True])
@pytest.mark.parametrize("edtf", ["2025-21", "2025-22", "2025-23", "2025-24", "2025-33", "2025-36", "2025-24~"])
def test_the_months_of_a_season_can_be_typed_after_it(edtf, southern, language):
    value = parse_edtf(edtf)
    text = f"{date_text(value, language, southern=southern)} ({months_gloss(value, language, southern=southern)})"

    assert read_date(text, today=TODAY, southern=southern) == ReadDate(value)


@settings(max_examples=200, deadline=None)
@given(DATES, TODAYS)
def test_edtf_can_be_typed(value, today):
    assert read_date(value.edtf, today=today) == ReadDate(value)


@settings(max_examples=200, deadline=None)
@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), LANGUAGES)
def test_a_date_without_its_year_is_the_next_one(day, language):
    text = date_text(EdtfDate.from_days(day), language, form="compact", today=day)

    assert read_date(text, today=day) == ReadDate(EdtfDate.from_days(day))


WORDS = st.sampled_from(
    [*MEANINGS, *"1 2 3 14 31 2025 2026 14/11 11/2025 18:30 14.11 2025-11 1990s - – ~ / ( ) . , '".split()]
)


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(), st.lists(WORDS, max_size=9).map(" ".join), st.lists(WORDS, max_size=6).map("".join)))
def test_nothing_but_a_refusal_comes_of_nonsense(text):
    with contextlib.suppress(UnreadableDate):
        found = read_date(text, today=TODAY)
        assert found.when == parse_edtf(found.when.edtf)
