"""How people spell the parts of a date, in seven languages: one table a language.

Words stand here as the reader of dates sees them: small letters without accents, a space for an apostrophe
("l automne"). What each of them means to the reader, and what becomes of a word that two languages understand
differently, is in `date_vocabulary`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One language. Spellings of one thing are parted by commas, things in a row by bars."""

    months: str = ""
    weekdays: str
    seasons: str
    ordinals: str = ""  # last | first | second | third | fourth
    days: str  # yesterday | today | tomorrow | the day after
    quarter: str = ""
    semester: str = ""
    half: str = ""  # with an ordinal a half of something, without one its middle
    decade: str = ""
    years: str = ""
    about: str
    roughly: str
    from_: str = ""
    between: str = ""
    to: str = ""
    until: str = ""
    to_or_at: str = ""
    to_or_at_hour: str = ""
    and_: str
    at: str = ""
    at_24: str = ""
    hours: str = ""
    morning: str = ""
    afternoon: str = ""
    noon: str
    glue: str
    recurring: str
    distance: str
    date: str  # what may stand before "to be announced"
    announced: str


LANGUAGES = {
    "en": Words(
        months="january,jan|february,feb|march,mar|april,apr|may|june,jun|july,jul|august,aug|september,sept,sep"
        "|october,oct|november,nov|december,dec",
        weekdays="monday,mon|tuesday,tues,tue|wednesday,weds,wed|thursday,thurs,thur,thu|friday,fri|saturday,sat|sunday,sun",
        seasons="spring,springtime|summer,summertime|autumn,fall|winter,wintertime",
        ordinals="last|first|second|third|fourth",
        days="yesterday|today|tomorrow|day after tomorrow",
        quarter="quarter",
        semester="half year,semester",
        half="half",
        decade="decade",
        years="years",
        about="about,around,approximately,approx,circa,c,ca,roughly",
        roughly="early,mid,middle of,late,beginning,beginning of,start of,end,end of,"
        "at the beginning of,at the start of,at the end of",
        from_="from,since,starting,as of",
        between="between",
        to="to,through",
        until="until,till,til,up to",
        and_="and",
        at="at",
        hours="hours,hour,hrs,hr,h,o clock,oclock",
        morning="am,in the morning",
        afternoon="pm,in the afternoon,in the evening",
        noon="noon,midday",
        glue="of,the,in,on,day,year,month,during,sometime,some time",
        recurring="every,each,daily,weekly,monthly,yearly,annually,mondays,tuesdays,wednesdays,thursdays,fridays,saturdays,sundays",
        distance="next,this,coming,week,weeks,weekend,fortnight,soon,later,days,months",
        date="date,dates,the date,the dates,date is,dates are,date still,time,when",
        announced="to be announced,to be confirmed,to be determined,to be decided,to be defined,to be set,to be fixed,"
        "not yet announced,not yet known,not yet confirmed,not yet set,not yet fixed,not known yet,unknown,pending,"
        "no date,no date yet,"
        "tba,tbc,tbd,announced later,will be announced,to be advised,to be scheduled,undecided",
    ),
    "es": Words(
        months="enero,ene|febrero,feb,febr|marzo,mar,mzo|abril,abr|mayo,may|junio,jun|julio,jul|agosto,ago,agto"
        "|septiembre,setiembre,sept,sep,set|octubre,oct|noviembre,nov|diciembre,dic",
        weekdays="lunes,lun|martes,mar|miercoles,mie,mier|jueves,jue,juev|viernes,vie,vier|sabado,sab|domingo,dom",
        seasons="primavera|verano|otono|invierno",
        ordinals="ultimo,ultima|primer,primero,primera|segundo,segunda|tercer,tercero,tercera|cuarto,cuarta",
        days="ayer|hoy|manana|pasado manana",
        quarter="trimestre,trim",
        semester="semestre,sem",
        half="mitad,quincena",
        decade="decada",
        years="anos",
        about="hacia,sobre,alrededor,alrededor de,aproximadamente,aprox,en torno a,en torno al,cerca de,cerca del",
        roughly="principios,principio,comienzos,comienzo,inicios,inicio,mediados,finales,final,fines,fin",
        from_="desde,a partir,a partir de,a partir del",
        between="entre",
        until="hasta",
        to_or_at="a,al",
        to_or_at_hour="a las,a la",
        and_="y",
        hours="horas,hora,hs",
        morning="de la manana,por la manana",
        afternoon="de la tarde,por la tarde,de la noche,por la noche",
        noon="mediodia,medio dia,del mediodia,al mediodia",
        glue="de,del,el,la,los,las,en,dia,dias,ano,mes,lo,durante,a lo largo de,a lo largo del",
        recurring="cada,todos,todas,sabados,domingos,semanal,mensual,anual,diario",
        distance="proximo,proxima,proximos,este,esta,viene,semana,semanas",
        date="fecha,fechas,la fecha,las fechas,fecha aun,fecha todavia,aun",
        announced="por anunciar,por confirmar,por determinar,por definir,por decidir,por fijar,por concretar,"
        "a confirmar,a determinar,a definir,a anunciar,a concretar,sin confirmar,sin determinar,sin definir,"
        "sin fecha,pendiente,pendiente de confirmar,pendiente de confirmacion,pendiente de anunciar,"
        "pendiente de fijar,pendientes,pendiente de definir,pendiente de determinar,pendiente de concretar,"
        "desconocida,se anunciara,se confirmara,se comunicara",
    ),
    "fr": Words(
        months="janvier,janv|fevrier,fevr,fev|mars|avril,avr|mai|juin|juillet,juil|aout|septembre,sept|octobre,oct"
        "|novembre,nov|decembre,dec",
        weekdays="lundi,lun|mardi,mar|mercredi,mer|jeudi,jeu|vendredi,ven,vend|samedi,sam|dimanche,dim",
        seasons="printemps|ete|automne|hiver",
        ordinals="dernier,derniere|premier,premiere|deuxieme,second,seconde|troisieme|quatrieme",
        days="hier|aujourd hui|demain|apres demain",
        quarter="trimestre,trim",
        semester="semestre,sem",
        half="moitie,quinzaine",
        decade="decennie",
        years="annees,des annees",
        about="vers,environ,autour,aux alentours,aux environs,approximativement",
        roughly="debut,debuts,mi,milieu,fin",
        from_="depuis,des,des le,a partir,a partir du,a compter du",
        between="entre",
        until="jusque,jusqu a,jusqu au,jusqu en",
        to_or_at="a,au,aux",
        and_="et",
        hours="heures,heure",
        morning="du matin",
        afternoon="de l apres midi,du soir",
        noon="midi",
        glue="le,la,les,l,du,de,d,en,jour,jours,an,annee,mois,courant,durant,au cours de,au cours du",
        recurring="chaque,tous,toutes,lundis,mardis,mercredis,jeudis,vendredis,samedis,dimanches,hebdomadaire,mensuel,annuel",
        distance="prochain,prochaine,prochains,ce,cet,cette,semaine,semaines,bientot",
        date="date,dates,la date,les dates,date encore",
        announced="a annoncer,a confirmer,a determiner,a preciser,a definir,a fixer,a venir,non communiquee,"
        "non confirmee,non fixee,en attente,inconnue,sans date,sera annoncee,sera communiquee,sera precisee,"
        "pas encore fixee,pas encore connue,pas encore confirmee,annoncee ulterieurement,precisee ulterieurement",
    ),
    "ca": Words(
        months="gener,gen|febrer,febr,feb|marc,mar|abril,abr|maig|juny,jun|juliol,jul|agost,ag,ago"
        "|setembre,set,sept|octubre,oct|novembre,nov|desembre,des",
        weekdays="dilluns,dl|dimarts,dt|dimecres,dc|dijous,dj|divendres,dv|dissabte,ds|diumenge,dg",
        seasons="primavera|estiu|tardor|hivern",
        ordinals="ultim,ultima,darrer,darrera|primer,primera|segon,segona|tercer,tercera|quart,quarta",
        days="ahir|avui|dema|dema passat",
        quarter="trimestre,trim",
        semester="semestre,sem",
        half="meitat,quinzena",
        decade="decada",
        years="anys",
        about="cap a,cap al,cap als,al voltant,al voltant de,al voltant del,entorn de,a l entorn de,aproximadament,"
        "vora,sobre",
        roughly="principis,principi,comencaments,comencament,inicis,inici,mitjan,mitjans,mitjan de,finals,final,fi",
        from_="des de,des del,a partir de,a partir del",
        between="entre",
        until="fins,fins a,fins al,fins el",
        to_or_at="a,al,als",
        to_or_at_hour="a les,a la",
        and_="i",
        hours="hores,hora",
        morning="del mati,al mati",
        afternoon="de la tarda,a la tarda,del vespre,al vespre,de la nit",
        noon="migdia,del migdia,al migdia",
        glue="de,d,del,dels,el,la,l,els,les,lo,en,dia,dies,any,l any,mes,durant,al llarg de,al llarg del",
        recurring="cada,tots,totes,setmanal,mensual,anual",
        distance="vinent,vinents,proper,propera,propers,aquest,aquesta,setmana,setmanes,aviat",
        date="data,dates,la data,les dates,data encara,encara",
        announced="per anunciar,per confirmar,per determinar,per definir,per decidir,per fixar,per concretar,"
        "a confirmar,a determinar,a concretar,sense confirmar,sense determinar,sense data,pendent,"
        "pendent de confirmar,pendent de confirmacio,pendent d anunciar,pendent de fixar,pendent de definir,"
        "pendent de determinar,pendent de concretar,pendents,desconeguda,s anunciara,es confirmara,es comunicara",
    ),
    "pt": Words(
        months="janeiro,jan|fevereiro,fev|marco,mar|abril,abr|maio,mai|junho,jun|julho,jul|agosto,ago"
        "|setembro,set|outubro,out|novembro,nov|dezembro,dez",
        weekdays="segunda,seg|terca,ter|quarta,qua|quinta,qui|sexta,sex|sabado,sab|domingo,dom",
        seasons="primavera|verao|outono|inverno",
        ordinals="ultimo,ultima|primeiro,primeira|segundo|terceiro,terceira|quarto",
        days="ontem|hoje|amanha|depois de amanha",
        quarter="trimestre,trim",
        semester="semestre,sem",
        half="metade,quinzena",
        decade="decada",
        years="anos",
        about="por volta,por volta de,por volta do,por volta da,por volta dos,cerca de,cerca do,cerca da,"
        "aproximadamente,a volta de,em torno de,perto de,perto do",
        roughly="principios,principio,comeco,comecos,inicio,inicios,meados,meio de,finais,final,fins de,fim,fins do",
        from_="desde,a partir,a partir de,a partir do,a partir da",
        between="entre",
        until="ate,ate a,ate ao,ate as",
        to_or_at="a,ao,aos",
        to_or_at_hour="as",
        and_="e",
        hours="horas,hora,hs",
        morning="da manha",
        afternoon="da tarde,da noite",
        noon="meio dia,ao meio dia,do meio dia",
        glue="de,do,da,dos,das,o,os,em,no,na,nos,nas,dia,dias,ano,mes,durante,ao longo de",
        recurring="cada,todos,todas,semanal,mensal,anual",
        distance="proximo,proxima,proximos,este,esta,que vem,semana,semanas,breve",
        date="data,datas,a data,as datas,data ainda,ainda",
        announced="a anunciar,a confirmar,a definir,a determinar,a designar,a fixar,a marcar,a indicar,por anunciar,"
        "por confirmar,por definir,por determinar,por fixar,por marcar,por divulgar,a divulgar,sem data,"
        "sem confirmacao,pendente,pendente de confirmacao,pendentes,desconhecida,sera anunciada,sera confirmada,"
        "sera divulgada,em aberto",
    ),
    "it": Words(
        months="gennaio,gen,genn|febbraio,feb,febb|marzo,mar|aprile,apr|maggio,mag,magg|giugno,giu|luglio,lug"
        "|agosto,ago|settembre,set,sett|ottobre,ott|novembre,nov|dicembre,dic",
        weekdays="lunedi,lun|martedi,mar|mercoledi,mer|giovedi,gio|venerdi,ven|sabato,sab|domenica,dom",
        seasons="primavera|estate|autunno|inverno",
        ordinals="ultimo,ultima|primo,prima|secondo,seconda|terzo,terza|quarto",
        days="ieri|oggi|domani|dopodomani",
        quarter="trimestre,trim",
        semester="semestre,sem",
        half="meta,quindicina",
        decade="decennio",
        years="anni",
        about="verso,circa,intorno,intorno a,intorno al,intorno all,intorno alla,attorno,attorno al,attorno a,"
        "all incirca,approssimativamente",
        roughly="inizio,inizi,principio,primi,fine",
        from_="dal,dall,dalla,dalle,dallo,dai,a partire,a partire da,a partire dal",
        between="tra,fra",
        until="fino a,fino al,fino all,fino alle,sino al,fino",
        to_or_at="a,al,all,alla,allo,ai",
        to_or_at_hour="alle,alle ore",
        and_="e,ed",
        at_24="ore,h",
        hours="ore,ora",
        morning="di mattina,del mattino,della mattina",
        afternoon="del pomeriggio,di pomeriggio,di sera,della sera",
        noon="mezzogiorno",
        glue="di,de,del,della,dello,dell,dei,degli,delle,d,da,il,lo,la,l,le,gli,in,nel,nell,nella,giorno,giorni,anno,"
        "mese,durante,nel corso del,nel corso dell",
        recurring="ogni,tutti,tutte,settimanale,mensile,annuale",
        distance="prossimo,prossima,prossimi,questo,questa,settimana,settimane,presto",
        date="data,date,la data,le date,data ancora",
        announced="da annunciare,da destinarsi,da definire,da confermare,da determinare,da stabilire,da decidere,"
        "da fissare,da comunicare,da precisare,in attesa,in attesa di conferma,in via di definizione,senza data,"
        "non confermata,sconosciuta,sara annunciata,sara comunicata",
    ),
    "ko": Words(
        weekdays="월요일|화요일|수요일|목요일|금요일|토요일|일요일",
        seasons="봄,봄철|여름,여름철|가을,가을철|겨울,겨울철",
        days="어제|오늘|내일|모레",
        about="약,대략,경,쯤,즈음,무렵,경에,쯤에",
        roughly="초,초순,상순,중순,하순,말,초에,말에,중반,초반,후반",
        between="",
        and_="와,과,및,그리고",
        morning="오전,아침",
        afternoon="오후,저녁",
        noon="정오",
        glue="에,에는,의,사이,동안,날",
        recurring="매주,매월,매년,매일,마다,격주",
        distance="다음,이번,지난,주말,주간,곧",
        date="날짜,일정,날짜는,일정은,일시",
        announced="추후 공지,추후공지,추후 발표,추후 안내,추후 결정,추후 확정,미정,미확정,추후 공지 예정,공지 예정,"
        "발표 예정,확정 예정,나중에 공지",
    ),
}
