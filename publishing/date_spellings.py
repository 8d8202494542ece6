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
    next_: str  # "next", which says nothing before a day that has its month
    week: str
    weekend: str = ""
    fortnight: str = ""  # with an ordinal a half of a month
    before: str
    midnight: str


LANGUAGES = {
    "en": Words(
        months="january,jan|february,feb|march,mar|april,apr|may|june,jun|july,jul|august,aug|september,sept,sep"
        "|october,oct|november,nov|december,dec",
        weekdays="monday,mon|tuesday,tues,tue|wednesday,weds,wed|thursday,thurs,thur,thu|friday,"
        "fri|saturday,sat|sunday,sun",
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
        glue="of,the,in,on,day,year,month,during,throughout,sometime,some time,all day,all year",
        recurring="every,each,daily,weekly,monthly,yearly,annually,mondays,tuesdays,wednesdays,thursdays,"
        "fridays,saturdays,sundays",
        distance="weeks,fortnight,soon,later,days,months",
        next_="next,this,coming,upcoming",
        week="week",
        weekend="weekend,weekend of,week end",
        before="before,by,no later than,not later than,not before,after,onwards,onward",
        midnight="midnight",
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
        half="mitad",
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
        glue="de,del,el,la,los,las,en,dia,dias,ano,mes,lo,durante,durante todo,a lo largo de,"
        "a lo largo del,todo el dia,todo el ano",
        recurring="cada,todos,todas,sabados,domingos,semanal,mensual,anual,diario",
        distance="que viene,viene,semanas,proximamente,en breve",
        next_="proximo,proxima,proximos,este,esta",
        week="semana",
        weekend="fin de semana,fin de semana del",
        fortnight="quincena",
        before="antes,antes de,antes del,despues,despues de,despues del,a mas tardar,en adelante",
        midnight="medianoche,media noche",
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
        half="moitie",
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
        glue="le,la,les,l,du,de,d,en,jour,jours,an,annee,mois,courant,durant,pendant,pendant toute,"
        "au cours de,au cours du,"
        "toute la journee,toute l annee",
        recurring="chaque,tous,toutes,lundis,mardis,mercredis,jeudis,vendredis,samedis,dimanches,"
        "hebdomadaire,mensuel,annuel",
        distance="cet,semaines,bientot,prochainement",
        next_="prochain,prochaine,prochains,ce,cette",
        week="semaine",
        weekend="week end,weekend,week end des",
        fortnight="quinzaine",
        before="avant,avant le,apres,apres le,d ici,ici,au plus tard",
        midnight="minuit",
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
        half="meitat",
        decade="decada",
        years="anys",
        about="cap a,cap al,cap als,al voltant,al voltant de,al voltant del,entorn de,a l entorn de,aproximadament,"
        "vora,sobre,pels volts,pels volts de,pels volts del",
        roughly="principis,principi,comencaments,comencament,inicis,inici,mitjan,mitjans,mitjan de,finals,"
        "final,fi,primers",
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
        glue="de,d,del,dels,el,la,l,els,les,lo,en,pel,dia,dies,any,l any,mes,durant,durant tot,"
        "al llarg de,al llarg del,"
        "tot el dia,tot l any",
        recurring="cada,tots,totes,setmanal,mensual,anual",
        distance="que ve,setmanes,aviat,properament,proximament,en breu",
        next_="vinent,vinents,proper,propera,propers,proxim,aquest,aquesta",
        week="setmana",
        weekend="cap de setmana",
        fortnight="quinzena",
        before="abans,abans de,abans del,despres,despres de,despres del,com a molt tard,endavant",
        midnight="mitjanit",
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
        half="metade",
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
        glue="de,do,da,dos,das,o,os,em,no,na,nos,nas,dia,dias,ano,mes,durante,durante todo,"
        "ao longo de,ao longo do,todo o dia,o dia todo,todo o ano",
        recurring="cada,todos,todas,semanal,mensal,anual",
        distance="que vem,semanas,breve,brevemente",
        next_="proximo,proxima,proximos,este,esta,neste,nesta",
        week="semana",
        weekend="fim de semana",
        fortnight="quinzena",
        before="antes,antes de,antes do,depois,depois de,depois do,o mais tardar,em diante",
        midnight="meia noite",
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
        half="meta",
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
        "mese,durante,nel corso del,nel corso dell,tutto il giorno,tutta la giornata",
        recurring="ogni,tutti,tutte,settimanale,mensile,annuale",
        distance="settimane,presto,prossimamente,a breve",
        next_="prossimo,prossima,prossimi,questo,questa",
        week="settimana",
        weekend="fine settimana,weekend,week end",
        fortnight="quindicina",
        before="entro,entro il,entro l,prima del,prima dell,prima di,dopo,dopo il,al piu tardi,in poi",
        midnight="mezzanotte",
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
        glue="에,에는,의,사이,동안,날,중,하루 종일,종일",
        recurring="매주,매월,매년,매일,마다,격주",
        distance="지난,주간,곧",
        next_="다음,이번",
        week="주",
        weekend="주말",
        before="이전,이후,전까지",
        midnight="자정",
    ),
}
