"""Forms of verbs, a verb a line: infinitive, third persons, participles, and what else titles have of them."""

VERBS = {
    "en": """
        swim swims swimming swam swum
        teach teaches taught teaching
        know knows knew known
        take takes took taken taking
        find finds found finding
        keep keeps kept
        buy buys bought
        think thinks thought
        see sees saw seen
        show shows showed shown
        make makes made making
        begin begins began begun beginning
        become becomes became becoming
        draw draws drew drawn
        tell tells told
        send sends sent
        run runs ran running
        stand stands stood standing
        sell sells sold
        spend spends spent
        travel travels travelled traveled travelling
        plan plans planned planning
        carry carries carried carrying
        apply applies applied applying
        create creates created creating
        share shares shared sharing
        organise organizes organised organizing
        learn learns learned learnt learning
        play plays played playing
        understand understands understood
    """,
    "es": """
        participar participa participan participando participado
        aprender aprende aprenden aprendiendo aprendió
        vivir vive viven viviendo vivió
        encontrar encuentra encuentran encontrado
        mostrar muestra muestran mostrando
        contar cuentan contado
        volver vuelve vuelven vuelto volviendo
        mover mueve mueven moviendo
        promover promueve promueven promovido
        poder puede pueden pudo
        pensar piensa piensan pensado
        empezar empieza empiezan empezado
        comenzar comienza comienzan comenzado
        entender entiende entienden
        defender defiende defienden defendido
        convertir convierte convierten convertido
        pedir pide piden pidiendo
        servir sirve sirven sirviendo
        seguir sigue siguen siguiendo
        elegir elige eligen elegido
        construir construye construyen construyendo
        incluir incluye incluyen incluido
        hacer hace hacen hecho hizo
        decir dice dicen dicho dijo
        abrir abre abren abierto abierta
        escribir escribe escriben escrito escrita
        descubrir descubre descubren descubierto
        entrar entra entran entrando
        usar usa usan usando usado
        unir une unen unido
        enseñar enseña enseñan
        educar educa educan educando
        leer lee leen leyendo
        jugar juega juegan jugando
        ofrecer ofrece ofrecen
        nacer nace nacen
    """,
    "fr": """
        traverser traverse traversent traversé traversant
        participer participe participent participé participant
        partager partage partagent partagé
        chercher cherche cherchent
        travailler travaille travaillent travaillé
        former forme forment formé
        aimer aime aiment aimé
        exprimer exprime expriment exprimé
        apprendre apprend apprennent appris apprise
        comprendre comprend comprennent compris
        mettre met mettent mis mise
        permettre permet permettent permis
        devenir devient deviennent devenu devenue
        venir vient viennent venu
        tenir tient tiennent tenu
        soutenir soutient soutiennent soutenu
        recevoir reçoit reçoivent reçu
        écrire écrit écrivent écrite
        inscrire inscrit inscrivent inscrits
        connaître connaît connaissent connu
        ouvrir ouvre ouvrent ouvert ouverte
        découvrir découvre découvrent découvert
        offrir offre offrent offert
        construire construit construisent construite
        produire produit produisent produits
        conduire conduit conduisent
        rejoindre rejoint rejoignent
        attendre attend attendent attendu
        répondre répond répondent répondu
        rendre rend rendent rendu
        perdre perd perdent perdu
        pouvoir peut peuvent
        vivre vivent vécu
        suivre suit suivent suivi
        élire élu élus élue élisent
        publier publie publient publié publiée
        étudier étudie étudient étudié
        préférer préfère préfèrent
        considérer considère considèrent
        appeler appelle appellent
        envoyer envoie envoient
        faire fait font
        choisir choisissent choisissant
        grandir grandissent grandissant
        mener mène mènent
        jouer joue jouent joué
    """,
    "ca": """
        parlar parla parlen parlant
        participar participa participen participant
        passar passa passen
        cantar canta canten
        ajudar ajuda ajuden
        demanar demana demanen
        treballar treballa treballen
        començar comença comencen
        compartir comparteix comparteixen
        oferir ofereix ofereixen ofert
        existir existeix existeixen
        seguir segueix segueixen
        conèixer coneix coneixen conegut
        créixer creix creixen
        escriure escriu escriuen escrit escrita
        incloure inclou inclouen inclòs inclosa
        rebre rep reben rebut
        perdre perd perden perdut
        prendre pren prenen
        aprendre aprèn aprenen
        entendre entén entenen entès
        permetre permet permeten permès
        obrir obert oberta oberts
        descobrir descobert
        poder pot poden
        voler vol volen
        fer fa fan fet
        viure viuen viscut
        sortir surt surten
        recollir recull recullen
        acollir acull acullen
        considerar considera consideren
        respondre respon responen
        buscar busca busquen
        educar educa eduquen
        promoure promou promouen
    """,
    "pt": """
        participar participa participam participando participado
        aprender aprende aprendem aprendendo
        viver vive vivem vivendo vivemos
        abrir abre abrem aberto aberta
        escrever escreve escrevem escrito escrita
        descobrir descobre descobrem descoberto
        fazer faz fazem feito fez
        dizer diz dizem disse
        trazer traz trazem trouxe
        poder pode podem
        querer quer querem
        ver veem visto
        ler leem lido
        sair sai saem saiu
        cair cai caem
        construir constrói constroem
        propor propõe propõem proposto
        seguir segue seguem
        conseguir consegue conseguem
        usar usa usam usando usado
        entrar entra entram entrando
        olhar olha olham
        andar anda andam
        existir existe existem
        consistir consiste consistem
        esperar espera esperam
        considerar considera consideram
        falar fala falam falamos
        ficar fica ficam
        educar educa educam educando
        manter mantém mantêm
        subir sobe sobem
        crescer cresce crescem
        partilhar partilha partilham
    """,
}
