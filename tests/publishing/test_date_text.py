from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.date_text import DateBlock, date_parts, date_text, split_range
from publishing.date_words import DATE_LANGUAGES, words_for
from publishing.dates import EdtfDate, parse_edtf

TODAY = date(2025, 5, 5)

# One table a language, to be read by somebody who speaks it:
# date | in full | compact in May 2025 ("=": as in full) | large line / small line of the date block in May 2025
ENGLISH = """
2025-11-14 | 14 November 2025 | 14 November | 14 / Nov
2025-10-01 | 1 October 2025 | 1 October | 1 / Oct
2026-04-11 | 11 April 2026 | = | 11 / Apr 2026
2025-10-01/2025-10-03 | 1–3 October 2025 | 1–3 October | 1–3 / Oct
2026-10-01/2026-10-03 | 1–3 October 2026 | = | 1–3 / Oct 2026
2025-09-26/2025-09-27 | 26 and 27 September 2025 | 26 and 27 September | 26–27 / Sep
2025-10-01/2025-10-02 | 1 and 2 October 2025 | 1 and 2 October | 1–2 / Oct
2025-09-30/2025-10-02 | 30 September – 2 October 2025 | 30 September – 2 October | 30 / Sep – 2 Oct
2025-09-30/2025-10-01 | 30 September and 1 October 2025 | 30 September and 1 October | 30 / Sep – 1 Oct
2025-12-30/2026-01-02 | 30 December 2025 – 2 January 2026 | = | 30 / Dec 2025 – 2 Jan 2026
2025-12-31/2026-01-01 | 31 December 2025 and 1 January 2026 | = | 31 / Dec 2025 – 1 Jan 2026
2025-08 | August 2025 | August | Aug / 2025
2026-04 | April 2026 | = | Apr / 2026
2025-09/2025-11 | September–November 2025 | September–November | Sep–Nov / 2025
2026-09/2026-11 | September–November 2026 | = | Sep–Nov / 2026
2025-12/2026-02 | December 2025 – February 2026 | = | Dec–Feb / 2025–2026
2025-21 | Spring 2025 | Spring | Spring / 2025
2025-22 | Summer 2025 | Summer | Summer / 2025
2025-23 | Autumn 2025 | Autumn | Autumn / 2025
2026-23 | Autumn 2026 | = | Autumn / 2026
2025-24 | Winter 2025–2026 | = | Winter / 2025–2026
2025-33 | 1st quarter of 2025 | 1st quarter | Q1 / 2025
2025-34 | 2nd quarter of 2025 | 2nd quarter | Q2 / 2025
2025-35 | 3rd quarter of 2025 | 3rd quarter | Q3 / 2025
2025-36 | 4th quarter of 2025 | 4th quarter | Q4 / 2025
2026-34 | 2nd quarter of 2026 | = | Q2 / 2026
2025 | 2025 | = | 2025
2028 | 2028 | = | 2028
2025/2027 | 2025–2027 | = | 2025–2027
199X | 1990s | = | 1990s
2017-04~ | about April 2017 | = | c. Apr / 2017
2017-11~ | about November 2017 | = | c. Nov / 2017
2017-04-07~ | about 7 April 2017 | = | c. 7 / Apr 2017
2017-05-01~ | about 1 May 2017 | = | c. 1 / May 2017
2017-04-11~ | about 11 April 2017 | = | c. 11 / Apr 2017
2021~ | about 2021 | = | c. 2021
2025-21~ | about Spring 2025 | about Spring | c. Spring / 2025
2025-22~ | about Summer 2025 | about Summer | c. Summer / 2025
2026-23~ | about Autumn 2026 | = | c. Autumn / 2026
2025-24~ | about Winter 2025–2026 | = | c. Winter / 2025–2026
2026-33~ | about the 1st quarter of 2026 | = | c. Q1 / 2026
2025-34~ | about the 2nd quarter of 2025 | about the 2nd quarter | c. Q2 / 2025
199X~ | about the 1990s | = | c. 1990s
XXXX | Date to be announced | = | To be announced
"""

SPANISH = """
2025-11-14 | 14 de noviembre de 2025 | 14 de noviembre | 14 / nov
2025-10-01 | 1 de octubre de 2025 | 1 de octubre | 1 / oct
2026-04-11 | 11 de abril de 2026 | = | 11 / abr 2026
2025-10-01/2025-10-03 | 1–3 de octubre de 2025 | 1–3 de octubre | 1–3 / oct
2026-10-01/2026-10-03 | 1–3 de octubre de 2026 | = | 1–3 / oct 2026
2025-09-26/2025-09-27 | 26 y 27 de septiembre de 2025 | 26 y 27 de septiembre | 26–27 / sept
2025-10-01/2025-10-02 | 1 y 2 de octubre de 2025 | 1 y 2 de octubre | 1–2 / oct
2025-09-30/2025-10-02 | 30 de septiembre – 2 de octubre de 2025 | 30 de septiembre – 2 de octubre | 30 / sept – 2 oct
2025-09-30/2025-10-01 | 30 de septiembre y 1 de octubre de 2025 | 30 de septiembre y 1 de octubre | 30 / sept – 1 oct
2025-12-30/2026-01-02 | 30 de diciembre de 2025 – 2 de enero de 2026 | = | 30 / dic 2025 – 2 ene 2026
2025-12-31/2026-01-01 | 31 de diciembre de 2025 y 1 de enero de 2026 | = | 31 / dic 2025 – 1 ene 2026
2025-08 | agosto de 2025 | agosto | ago / 2025
2026-04 | abril de 2026 | = | abr / 2026
2025-09/2025-11 | septiembre–noviembre de 2025 | septiembre–noviembre | sept–nov / 2025
2026-09/2026-11 | septiembre–noviembre de 2026 | = | sept–nov / 2026
2025-12/2026-02 | diciembre de 2025 – febrero de 2026 | = | dic–feb / 2025–2026
2025-21 | primavera de 2025 | primavera | primavera / 2025
2025-22 | verano de 2025 | verano | verano / 2025
2025-23 | otoño de 2025 | otoño | otoño / 2025
2026-23 | otoño de 2026 | = | otoño / 2026
2025-24 | invierno de 2025–2026 | = | invierno / 2025–2026
2025-33 | 1.er trimestre de 2025 | 1.er trimestre | T1 / 2025
2025-34 | 2.º trimestre de 2025 | 2.º trimestre | T2 / 2025
2025-35 | 3.er trimestre de 2025 | 3.er trimestre | T3 / 2025
2025-36 | 4.º trimestre de 2025 | 4.º trimestre | T4 / 2025
2026-34 | 2.º trimestre de 2026 | = | T2 / 2026
2025 | 2025 | = | 2025
2028 | 2028 | = | 2028
2025/2027 | 2025–2027 | = | 2025–2027
199X | década de 1990 | = | década de 1990
2017-04~ | hacia abril de 2017 | = | c. abr / 2017
2017-11~ | hacia noviembre de 2017 | = | c. nov / 2017
2017-04-07~ | hacia el 7 de abril de 2017 | = | c. 7 / abr 2017
2017-05-01~ | hacia el 1 de mayo de 2017 | = | c. 1 / may 2017
2017-04-11~ | hacia el 11 de abril de 2017 | = | c. 11 / abr 2017
2021~ | hacia 2021 | = | c. 2021
2025-21~ | hacia la primavera de 2025 | hacia la primavera | c. primavera / 2025
2025-22~ | hacia el verano de 2025 | hacia el verano | c. verano / 2025
2026-23~ | hacia el otoño de 2026 | = | c. otoño / 2026
2025-24~ | hacia el invierno de 2025–2026 | = | c. invierno / 2025–2026
2026-33~ | hacia el 1.er trimestre de 2026 | = | c. T1 / 2026
2025-34~ | hacia el 2.º trimestre de 2025 | hacia el 2.º trimestre | c. T2 / 2025
199X~ | hacia la década de 1990 | = | c. década de 1990
XXXX | Fecha por anunciar | = | Por anunciar
"""

FRENCH = """
2025-11-14 | 14 novembre 2025 | 14 novembre | 14 / nov.
2025-10-01 | 1er octobre 2025 | 1er octobre | 1 / oct.
2026-04-11 | 11 avril 2026 | = | 11 / avr. 2026
2025-10-01/2025-10-03 | 1er–3 octobre 2025 | 1er–3 octobre | 1–3 / oct.
2026-10-01/2026-10-03 | 1er–3 octobre 2026 | = | 1–3 / oct. 2026
2025-09-26/2025-09-27 | 26 et 27 septembre 2025 | 26 et 27 septembre | 26–27 / sept.
2025-10-01/2025-10-02 | 1er et 2 octobre 2025 | 1er et 2 octobre | 1–2 / oct.
2025-09-30/2025-10-02 | 30 septembre – 2 octobre 2025 | 30 septembre – 2 octobre | 30 / sept. – 2 oct.
2025-09-30/2025-10-01 | 30 septembre et 1er octobre 2025 | 30 septembre et 1er octobre | 30 / sept. – 1 oct.
2025-12-30/2026-01-02 | 30 décembre 2025 – 2 janvier 2026 | = | 30 / déc. 2025 – 2 janv. 2026
2025-12-31/2026-01-01 | 31 décembre 2025 et 1er janvier 2026 | = | 31 / déc. 2025 – 1 janv. 2026
2025-08 | août 2025 | août | août / 2025
2026-04 | avril 2026 | = | avr. / 2026
2025-09/2025-11 | septembre–novembre 2025 | septembre–novembre | sept.–nov. / 2025
2026-09/2026-11 | septembre–novembre 2026 | = | sept.–nov. / 2026
2025-12/2026-02 | décembre 2025 – février 2026 | = | déc.–févr. / 2025–2026
2025-21 | printemps 2025 | printemps | printemps / 2025
2025-22 | été 2025 | été | été / 2025
2025-23 | automne 2025 | automne | automne / 2025
2026-23 | automne 2026 | = | automne / 2026
2025-24 | hiver 2025–2026 | = | hiver / 2025–2026
2025-33 | 1er trimestre 2025 | 1er trimestre | T1 / 2025
2025-34 | 2e trimestre 2025 | 2e trimestre | T2 / 2025
2025-35 | 3e trimestre 2025 | 3e trimestre | T3 / 2025
2025-36 | 4e trimestre 2025 | 4e trimestre | T4 / 2025
2026-34 | 2e trimestre 2026 | = | T2 / 2026
2025 | 2025 | = | 2025
2028 | 2028 | = | 2028
2025/2027 | 2025–2027 | = | 2025–2027
199X | années 1990 | = | années 1990
2017-04~ | vers avril 2017 | = | c. avr. / 2017
2017-11~ | vers novembre 2017 | = | c. nov. / 2017
2017-04-07~ | vers le 7 avril 2017 | = | c. 7 / avr. 2017
2017-05-01~ | vers le 1er mai 2017 | = | c. 1 / mai 2017
2017-04-11~ | vers le 11 avril 2017 | = | c. 11 / avr. 2017
2021~ | vers 2021 | = | c. 2021
2025-21~ | vers le printemps 2025 | vers le printemps | c. printemps / 2025
2025-22~ | vers l’été 2025 | vers l’été | c. été / 2025
2026-23~ | vers l’automne 2026 | = | c. automne / 2026
2025-24~ | vers l’hiver 2025–2026 | = | c. hiver / 2025–2026
2026-33~ | vers le 1er trimestre 2026 | = | c. T1 / 2026
2025-34~ | vers le 2e trimestre 2025 | vers le 2e trimestre | c. T2 / 2025
199X~ | vers les années 1990 | = | c. années 1990
XXXX | Date à annoncer | = | À annoncer
"""

CATALAN = """
2025-11-14 | 14 de novembre del 2025 | 14 de novembre | 14 / nov.
2025-10-01 | 1 d’octubre del 2025 | 1 d’octubre | 1 / oct.
2026-04-11 | 11 d’abril del 2026 | = | 11 / abr. 2026
2025-10-01/2025-10-03 | 1–3 d’octubre del 2025 | 1–3 d’octubre | 1–3 / oct.
2026-10-01/2026-10-03 | 1–3 d’octubre del 2026 | = | 1–3 / oct. 2026
2025-09-26/2025-09-27 | 26 i 27 de setembre del 2025 | 26 i 27 de setembre | 26–27 / set.
2025-10-01/2025-10-02 | 1 i 2 d’octubre del 2025 | 1 i 2 d’octubre | 1–2 / oct.
2025-09-30/2025-10-02 | 30 de setembre – 2 d’octubre del 2025 | 30 de setembre – 2 d’octubre | 30 / set. – 2 oct.
2025-09-30/2025-10-01 | 30 de setembre i 1 d’octubre del 2025 | 30 de setembre i 1 d’octubre | 30 / set. – 1 oct.
2025-12-30/2026-01-02 | 30 de desembre del 2025 – 2 de gener del 2026 | = | 30 / des. 2025 – 2 gen. 2026
2025-12-31/2026-01-01 | 31 de desembre del 2025 i 1 de gener del 2026 | = | 31 / des. 2025 – 1 gen. 2026
2025-08 | agost del 2025 | agost | ag. / 2025
2026-04 | abril del 2026 | = | abr. / 2026
2025-09/2025-11 | setembre–novembre del 2025 | setembre–novembre | set.–nov. / 2025
2026-09/2026-11 | setembre–novembre del 2026 | = | set.–nov. / 2026
2025-12/2026-02 | desembre del 2025 – febrer del 2026 | = | des.–febr. / 2025–2026
2025-21 | primavera del 2025 | primavera | primavera / 2025
2025-22 | estiu del 2025 | estiu | estiu / 2025
2025-23 | tardor del 2025 | tardor | tardor / 2025
2026-23 | tardor del 2026 | = | tardor / 2026
2025-24 | hivern del 2025–2026 | = | hivern / 2025–2026
2025-33 | 1r trimestre del 2025 | 1r trimestre | T1 / 2025
2025-34 | 2n trimestre del 2025 | 2n trimestre | T2 / 2025
2025-35 | 3r trimestre del 2025 | 3r trimestre | T3 / 2025
2025-36 | 4t trimestre del 2025 | 4t trimestre | T4 / 2025
2026-34 | 2n trimestre del 2026 | = | T2 / 2026
2025 | 2025 | = | 2025
2028 | 2028 | = | 2028
2025/2027 | 2025–2027 | = | 2025–2027
199X | dècada del 1990 | = | dècada del 1990
2017-04~ | cap a l’abril del 2017 | = | c. abr. / 2017
2017-11~ | cap al novembre del 2017 | = | c. nov. / 2017
2017-04-07~ | cap al 7 d’abril del 2017 | = | c. 7 / abr. 2017
2017-05-01~ | cap a l’1 de maig del 2017 | = | c. 1 / maig 2017
2017-04-11~ | cap a l’11 d’abril del 2017 | = | c. 11 / abr. 2017
2021~ | cap al 2021 | = | c. 2021
2025-21~ | cap a la primavera del 2025 | cap a la primavera | c. primavera / 2025
2025-22~ | cap a l’estiu del 2025 | cap a l’estiu | c. estiu / 2025
2026-23~ | cap a la tardor del 2026 | = | c. tardor / 2026
2025-24~ | cap a l’hivern del 2025–2026 | = | c. hivern / 2025–2026
2026-33~ | cap al 1r trimestre del 2026 | = | c. T1 / 2026
2025-34~ | cap al 2n trimestre del 2025 | cap al 2n trimestre | c. T2 / 2025
199X~ | cap a la dècada del 1990 | = | c. dècada del 1990
XXXX | Data per anunciar | = | Per anunciar
"""

PORTUGUESE = """
2025-11-14 | 14 de novembro de 2025 | 14 de novembro | 14 / nov.
2025-10-01 | 1 de outubro de 2025 | 1 de outubro | 1 / out.
2026-04-11 | 11 de abril de 2026 | = | 11 / abr. 2026
2025-10-01/2025-10-03 | 1–3 de outubro de 2025 | 1–3 de outubro | 1–3 / out.
2026-10-01/2026-10-03 | 1–3 de outubro de 2026 | = | 1–3 / out. 2026
2025-09-26/2025-09-27 | 26 e 27 de setembro de 2025 | 26 e 27 de setembro | 26–27 / set.
2025-10-01/2025-10-02 | 1 e 2 de outubro de 2025 | 1 e 2 de outubro | 1–2 / out.
2025-09-30/2025-10-02 | 30 de setembro – 2 de outubro de 2025 | 30 de setembro – 2 de outubro | 30 / set. – 2 out.
2025-09-30/2025-10-01 | 30 de setembro e 1 de outubro de 2025 | 30 de setembro e 1 de outubro | 30 / set. – 1 out.
2025-12-30/2026-01-02 | 30 de dezembro de 2025 – 2 de janeiro de 2026 | = | 30 / dez. 2025 – 2 jan. 2026
2025-12-31/2026-01-01 | 31 de dezembro de 2025 e 1 de janeiro de 2026 | = | 31 / dez. 2025 – 1 jan. 2026
2025-08 | agosto de 2025 | agosto | ago. / 2025
2026-04 | abril de 2026 | = | abr. / 2026
2025-09/2025-11 | setembro–novembro de 2025 | setembro–novembro | set.–nov. / 2025
2026-09/2026-11 | setembro–novembro de 2026 | = | set.–nov. / 2026
2025-12/2026-02 | dezembro de 2025 – fevereiro de 2026 | = | dez.–fev. / 2025–2026
2025-21 | primavera de 2025 | primavera | primavera / 2025
2025-22 | verão de 2025 | verão | verão / 2025
2025-23 | outono de 2025 | outono | outono / 2025
2026-23 | outono de 2026 | = | outono / 2026
2025-24 | inverno de 2025–2026 | = | inverno / 2025–2026
2025-33 | 1.º trimestre de 2025 | 1.º trimestre | T1 / 2025
2025-34 | 2.º trimestre de 2025 | 2.º trimestre | T2 / 2025
2025-35 | 3.º trimestre de 2025 | 3.º trimestre | T3 / 2025
2025-36 | 4.º trimestre de 2025 | 4.º trimestre | T4 / 2025
2026-34 | 2.º trimestre de 2026 | = | T2 / 2026
2025 | 2025 | = | 2025
2028 | 2028 | = | 2028
2025/2027 | 2025–2027 | = | 2025–2027
199X | década de 1990 | = | década de 1990
2017-04~ | por volta de abril de 2017 | = | c. abr. / 2017
2017-11~ | por volta de novembro de 2017 | = | c. nov. / 2017
2017-04-07~ | por volta de 7 de abril de 2017 | = | c. 7 / abr. 2017
2017-05-01~ | por volta de 1 de maio de 2017 | = | c. 1 / mai. 2017
2017-04-11~ | por volta de 11 de abril de 2017 | = | c. 11 / abr. 2017
2021~ | por volta de 2021 | = | c. 2021
2025-21~ | por volta da primavera de 2025 | por volta da primavera | c. primavera / 2025
2025-22~ | por volta do verão de 2025 | por volta do verão | c. verão / 2025
2026-23~ | por volta do outono de 2026 | = | c. outono / 2026
2025-24~ | por volta do inverno de 2025–2026 | = | c. inverno / 2025–2026
2026-33~ | por volta do 1.º trimestre de 2026 | = | c. T1 / 2026
2025-34~ | por volta do 2.º trimestre de 2025 | por volta do 2.º trimestre | c. T2 / 2025
199X~ | por volta da década de 1990 | = | c. década de 1990
XXXX | Data a anunciar | = | A anunciar
"""

ITALIAN = """
2025-11-14 | 14 novembre 2025 | 14 novembre | 14 / nov
2025-10-01 | 1º ottobre 2025 | 1º ottobre | 1 / ott
2026-04-11 | 11 aprile 2026 | = | 11 / apr 2026
2025-10-01/2025-10-03 | 1º–3 ottobre 2025 | 1º–3 ottobre | 1–3 / ott
2026-10-01/2026-10-03 | 1º–3 ottobre 2026 | = | 1–3 / ott 2026
2025-09-26/2025-09-27 | 26 e 27 settembre 2025 | 26 e 27 settembre | 26–27 / set
2025-10-01/2025-10-02 | 1º e 2 ottobre 2025 | 1º e 2 ottobre | 1–2 / ott
2025-09-30/2025-10-02 | 30 settembre – 2 ottobre 2025 | 30 settembre – 2 ottobre | 30 / set – 2 ott
2025-09-30/2025-10-01 | 30 settembre e 1º ottobre 2025 | 30 settembre e 1º ottobre | 30 / set – 1 ott
2025-12-30/2026-01-02 | 30 dicembre 2025 – 2 gennaio 2026 | = | 30 / dic 2025 – 2 gen 2026
2025-12-31/2026-01-01 | 31 dicembre 2025 e 1º gennaio 2026 | = | 31 / dic 2025 – 1 gen 2026
2025-08 | agosto 2025 | agosto | ago / 2025
2026-04 | aprile 2026 | = | apr / 2026
2025-09/2025-11 | settembre–novembre 2025 | settembre–novembre | set–nov / 2025
2026-09/2026-11 | settembre–novembre 2026 | = | set–nov / 2026
2025-12/2026-02 | dicembre 2025 – febbraio 2026 | = | dic–feb / 2025–2026
2025-21 | primavera 2025 | primavera | primavera / 2025
2025-22 | estate 2025 | estate | estate / 2025
2025-23 | autunno 2025 | autunno | autunno / 2025
2026-23 | autunno 2026 | = | autunno / 2026
2025-24 | inverno 2025–2026 | = | inverno / 2025–2026
2025-33 | 1º trimestre 2025 | 1º trimestre | T1 / 2025
2025-34 | 2º trimestre 2025 | 2º trimestre | T2 / 2025
2025-35 | 3º trimestre 2025 | 3º trimestre | T3 / 2025
2025-36 | 4º trimestre 2025 | 4º trimestre | T4 / 2025
2026-34 | 2º trimestre 2026 | = | T2 / 2026
2025 | 2025 | = | 2025
2028 | 2028 | = | 2028
2025/2027 | 2025–2027 | = | 2025–2027
199X | anni 1990 | = | anni 1990
2017-04~ | aprile 2017 circa | = | c. apr / 2017
2017-11~ | novembre 2017 circa | = | c. nov / 2017
2017-04-07~ | 7 aprile 2017 circa | = | c. 7 / apr 2017
2017-05-01~ | 1º maggio 2017 circa | = | c. 1 / mag 2017
2017-04-11~ | 11 aprile 2017 circa | = | c. 11 / apr 2017
2021~ | 2021 circa | = | c. 2021
2025-21~ | primavera 2025 circa | primavera circa | c. primavera / 2025
2025-22~ | estate 2025 circa | estate circa | c. estate / 2025
2026-23~ | autunno 2026 circa | = | c. autunno / 2026
2025-24~ | inverno 2025–2026 circa | = | c. inverno / 2025–2026
2026-33~ | 1º trimestre 2026 circa | = | c. T1 / 2026
2025-34~ | 2º trimestre 2025 circa | 2º trimestre circa | c. T2 / 2025
199X~ | anni 1990 circa | = | c. anni 1990
XXXX | Data da annunciare | = | Da annunciare
"""

KOREAN = """
2025-11-14 | 2025년 11월 14일 | 11월 14일 | 14 / 11월
2025-10-01 | 2025년 10월 1일 | 10월 1일 | 1 / 10월
2026-04-11 | 2026년 4월 11일 | = | 11 / 2026년 4월
2025-10-01/2025-10-03 | 2025년 10월 1~3일 | 10월 1~3일 | 1~3 / 10월
2026-10-01/2026-10-03 | 2026년 10월 1~3일 | = | 1~3 / 2026년 10월
2025-09-26/2025-09-27 | 2025년 9월 26~27일 | 9월 26~27일 | 26~27 / 9월
2025-10-01/2025-10-02 | 2025년 10월 1~2일 | 10월 1~2일 | 1~2 / 10월
2025-09-30/2025-10-02 | 2025년 9월 30일~10월 2일 | 9월 30일~10월 2일 | 30 / 9월~10월 2일
2025-09-30/2025-10-01 | 2025년 9월 30일~10월 1일 | 9월 30일~10월 1일 | 30 / 9월~10월 1일
2025-12-30/2026-01-02 | 2025년 12월 30일~2026년 1월 2일 | = | 30 / 2025년 12월~2026년 1월 2일
2025-12-31/2026-01-01 | 2025년 12월 31일~2026년 1월 1일 | = | 31 / 2025년 12월~2026년 1월 1일
2025-08 | 2025년 8월 | 8월 | 8월 / 2025년
2026-04 | 2026년 4월 | = | 4월 / 2026년
2025-09/2025-11 | 2025년 9월~11월 | 9월~11월 | 9월~11월 / 2025년
2026-09/2026-11 | 2026년 9월~11월 | = | 9월~11월 / 2026년
2025-12/2026-02 | 2025년 12월~2026년 2월 | = | 12월~2월 / 2025~2026년
2025-21 | 2025년 봄 | 봄 | 봄 / 2025년
2025-22 | 2025년 여름 | 여름 | 여름 / 2025년
2025-23 | 2025년 가을 | 가을 | 가을 / 2025년
2026-23 | 2026년 가을 | = | 가을 / 2026년
2025-24 | 2025~2026년 겨울 | = | 겨울 / 2025~2026년
2025-33 | 2025년 1분기 | 1분기 | 1분기 / 2025년
2025-34 | 2025년 2분기 | 2분기 | 2분기 / 2025년
2025-35 | 2025년 3분기 | 3분기 | 3분기 / 2025년
2025-36 | 2025년 4분기 | 4분기 | 4분기 / 2025년
2026-34 | 2026년 2분기 | = | 2분기 / 2026년
2025 | 2025년 | = | 2025년
2028 | 2028년 | = | 2028년
2025/2027 | 2025~2027년 | = | 2025~2027년
199X | 1990년대 | = | 1990년대
2017-04~ | 2017년 4월경 | = | 4월경 / 2017년
2017-11~ | 2017년 11월경 | = | 11월경 / 2017년
2017-04-07~ | 2017년 4월 7일경 | = | 7일경 / 2017년 4월
2017-05-01~ | 2017년 5월 1일경 | = | 1일경 / 2017년 5월
2017-04-11~ | 2017년 4월 11일경 | = | 11일경 / 2017년 4월
2021~ | 2021년경 | = | 2021년경
2025-21~ | 2025년 봄 무렵 | 봄 무렵 | 봄 무렵 / 2025년
2025-22~ | 2025년 여름 무렵 | 여름 무렵 | 여름 무렵 / 2025년
2026-23~ | 2026년 가을 무렵 | = | 가을 무렵 / 2026년
2025-24~ | 2025~2026년 겨울 무렵 | = | 겨울 무렵 / 2025~2026년
2026-33~ | 2026년 1분기경 | = | 1분기경 / 2026년
2025-34~ | 2025년 2분기경 | 2분기경 | 2분기경 / 2025년
199X~ | 1990년대경 | = | 1990년대경
XXXX | 날짜 추후 공지 | = | 추후 공지
"""

TABLES = {
    "en": ENGLISH,
    "es": SPANISH,
    "fr": FRENCH,
    "ca": CATALAN,
    "pt": PORTUGUESE,
    "it": ITALIAN,
    "ko": KOREAN,
}
ROWS = [(language, *row.split(" | ")) for language, table in TABLES.items() for row in table.strip().splitlines()]


def test_every_language_has_a_table():
    assert set(TABLES) == DATE_LANGUAGES


@pytest.mark.parametrize(("language", "edtf", "full", "compact", "block"), ROWS)
def test_a_date_is_said_by_the_rules_of_the_language(language, edtf, full, compact, block):
    value = parse_edtf(edtf)
    big, _, small = block.partition(" / ")

    assert date_text(value, language) == full
    assert date_text(value, language, form="compact", today=TODAY) == (full if compact == "=" else compact)
    assert date_parts(value, language, today=TODAY) == DateBlock(big, small)


def test_without_a_day_to_compare_with_the_year_is_always_said():
    value = parse_edtf("2025-11-14")

    assert date_text(value, "en", form="compact") == "14 November 2025"
    assert date_parts(value, "en") == DateBlock("14", "Nov 2025")


def test_the_full_form_says_the_year_also_when_it_is_the_current_one():
    assert date_text(parse_edtf("2025-11-14"), "en", today=TODAY) == "14 November 2025"


@pytest.mark.parametrize("language", ["pt", "pt-br", "pt-PT", "pt_BR", "PT"])
def test_a_region_of_a_language_is_passed_over(language):
    assert date_text(parse_edtf("2025-10-01"), language) == "1 de outubro de 2025"


def test_a_language_without_words_for_dates_is_refused():
    with pytest.raises(ValueError, match="No words for dates in “de”; there are words for ca, en, es, fr, it, ko, pt"):
        words_for("de")


def test_an_unknown_form_is_refused():
    with pytest.raises(ValueError, match="full and a compact form, no “short” one"):
        date_text(parse_edtf("2025"), "en", form="short")


DAYS = st.dates(date(1000, 1, 1), date(9998, 12, 31))


@given(st.lists(DAYS, min_size=2, max_size=2, unique=True).map(sorted), st.sampled_from(sorted(DATE_LANGUAGES)))
def test_no_two_ranges_of_days_read_alike(days, language):
    first, last = days
    value = EdtfDate.from_days(first, last)

    assert date_text(value, language) != date_text(EdtfDate.from_days(first), language)
    assert date_text(value, language) != date_text(EdtfDate.from_days(last), language)
    assert str(first.year) in date_text(value, language)
    assert str(last.year) in date_text(value, language)


@pytest.mark.parametrize(
    ("edtf", "language", "parts"),
    [
        ("2025-10-01/2025-10-03", "en", ("1", "–", "3 October 2025")),
        ("2025-10-01/2025-10-03", "ko", ("2025년 10월 1", "~", "3일")),
        ("2025-09-26/2025-09-27", "pt", ("26", " e ", "27 de setembro de 2025")),
        ("2025-09-30/2025-10-02", "fr", ("30 septembre", " – ", "2 octobre 2025")),
        ("2025-12-30/2026-01-02", "ca", ("30 de desembre del 2025", " – ", "2 de gener del 2026")),
        ("2025-09/2025-11", "it", ("settembre", "–", "novembre 2025")),
        ("2025-12/2026-02", "es", ("diciembre de 2025", " – ", "febrero de 2026")),
        ("2025/2027", "en", ("2025", "–", "2027")),
    ],
)
def test_a_range_is_cut_between_its_ends(edtf, language, parts):
    assert split_range(parse_edtf(edtf), language) == parts


RANGES = st.one_of(
    st.tuples(DAYS, st.integers(1, 800)).map(
        lambda pair: EdtfDate.from_days(pair[0], min(pair[0] + timedelta(pair[1]), date(9998, 12, 31)))
    ),
    st.tuples(st.integers(1000, 9990), st.integers(1, 12), st.integers(1, 3), st.integers(1, 12)).map(
        lambda parts: parse_edtf(f"{parts[0]}-{parts[1]:02}/{parts[0] + parts[2]}-{parts[3]:02}")
    ),
    st.tuples(st.integers(1000, 9000), st.integers(1, 900)).map(
        lambda pair: parse_edtf(f"{pair[0]}/{pair[0] + pair[1]}")
    ),
).filter(lambda value: value.is_range)


@given(RANGES, st.sampled_from(sorted(DATE_LANGUAGES)), st.booleans())
def test_a_range_is_cut_without_losing_anything(value, language, weekday):
    first, between, last = split_range(value, language, weekday=weekday)

    assert first + between + last == date_text(value, language, weekday=weekday)
    assert (first.strip(), bool(between), last.strip()) == (first, True, last)
    assert last


def test_what_is_no_range_cannot_be_cut():
    with pytest.raises(ValueError, match="“2025-10” is no range"):
        split_range(parse_edtf("2025-10"), "en")
