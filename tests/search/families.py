"""Forms of one word, a word a line: whichever is looked for, the texts with any of them are found."""

FAMILIES = {
    "en": """
        theatre theater theatres
        centre centers center
        organisation organization organisations
        organise organizes organised
        colour colors
        neighbourhood neighborhoods
        programme programs
        labour labor
        behaviour behaviors
        favourite favorite
        catalogue catalog
        traveller traveler travelling traveling
        licence license
        analyse analyze
        defence defense
        grey gray
        learnt learned learning
        taught teach teaches teaching
        built build building
        won win wins
        met meet
        held hold
        city cities
        family families
        woman women
        life lives
        wolf wolves
        knife knives
        half halves
        criterion criteria
        analysis analyses
        crisis crises
        tooth teeth
        mouse mice
        library libraries
        policy policies
        bus buses
        class classes
        box boxes
        hero heroes
        photo photos
        party parties
        study studies studied
        school schools
        inclusion inclusions
        mayor mayors
        youth youths
        country countries
        community communities
        participate participates participating participated participation
        person people persons
        judgment judgement
        ageing aging
        enrol enroll enrolled
        fulfil fulfill fulfilled
        civilisation civilization
        modernise modernize modernised
        citizen citizens
        recognise recognized recognising
        child children
    """,
    "es": """
        país países
        mes meses
        interés intereses
        ley leyes
        joven jóvenes
        imagen imágenes
        lápiz lápices
        voz voces
        luz luces
        paz paces
        inglés ingleses
        portugués portugueses portuguesa portuguesas
        club clubes clubs
        taller talleres
        barrio barrios
        vecino vecinos vecina vecinas
        niño niños niña niñas
        educador educadora educadores educadoras
        ciudadano ciudadanos ciudadana ciudadanas
        museo museos
        autobús autobuses
        árbol árboles
        flor flores
        mujer mujeres
        canción canciones
        público pública públicos públicas
        actividad actividades
        sostenible sostenibles
        rey reyes
        exposición exposiciones
        lección lecciones
        jardín jardines
        camión camiones
        municipal municipales
        local locales
        español española españoles españolas
        andaluz andaluces
        feliz felices
        capaz capaces
        raíz raíces
        nuez nueces
        bebé bebés
        ordenador ordenadores
        director directora directores
        juez jueces
        mayor mayores
        libro libros
        parque parques
        clase clases
        calle calles
        nube nubes
        viaje viajes
        base bases
        pared paredes
        huésped huéspedes
        examen exámenes
        origen orígenes
        orden órdenes
        virgen vírgenes
        volumen volúmenes
        reloj relojes
        gas gases
        francés franceses francesa
        red redes
    """,
    "fr": """
        abri abris
        vidéo vidéos
        numéro numéros
        défi défis
        emploi emplois
        loi lois
        ami amis amie amies
        parti partis
        opéra opéras
        menu menus
        tissu tissus
        actif active actifs actives
        éducatif éducative éducatifs éducatives
        sportif sportive sportifs
        heureux heureuse heureuses
        directeur directrice directeurs directrices
        éducateur éducatrice éducatrices
        nouveau nouvelle nouveaux nouvelles
        beau belle beaux belles
        public publique publics publiques
        premier première premiers premières
        local locale locaux locales
        national nationale nationaux nationales
        social sociale sociaux sociales
        international internationale internationaux
        français française françaises
        chinois chinoise
        européen européenne européens
        citoyen citoyenne citoyens citoyennes
        bon bonne bons bonnes
        blanc blanche blancs blanches
        travailleur travailleuse travailleurs
        œil yeux
        animal animaux
        journal journaux
        niveau niveaux
        gâteau gâteaux
        jeu jeux
        lieu lieux
        feu feux
        genou genoux
        bijou bijoux
        chou choux
        élève élèves
        école écoles
        réseau réseaux
        quartier quartiers
        musée musées
        rue rues
        maire maires
        ancien ancienne anciens anciennes
        long longue longs longues
        grand grande grands grandes
        jeune jeunes
        enfant enfants
        prend prennent
        fête fêtes
        tableau tableaux
        bureau bureaux
        canal canaux
        hôpital hôpitaux
        général générale généraux
        municipal municipale municipaux municipales
        culturel culturelle culturels culturelles
        industriel industrielle
        professionnel professionnelle
        créateur créatrice
        acteur actrice acteurs actrices
        sec sèche
        doux douce
        roux rousse
        fou folle
        vieux vieille
        complet complète complets
        inquiet inquiète
        gros grosse
        grec grecque
        turc turque
        neuf neuve neufs
        vif vive
        bref brève
        studio studios
        radio radios
        métro métros
        vélo vélos
        logo logos
        idée idées
        journée journées
        employé employée employés employées
        musulman musulmane
        lycéen lycéenne lycéens
        gagnant gagnante gagnants
        étudiant étudiante étudiants étudiantes
        habitant habitants habitante
    """,
    "ca": """
        ciutadà ciutadans ciutadana ciutadanes
        català catalans catalana catalanes
        humà humans humana humanes
        valencià valencians valenciana valencianes
        italià italians italiana
        jardí jardins
        camí camins
        veí veïns veïna veïnes
        comú comuns comuna
        europeu europea europeus europees
        museu museus
        antic antics antiga antigues
        amic amics amiga amigues
        nou nova nous noves
        gran grans
        segon segons segona segones
        regió regions
        opinió opinions
        reunió reunions
        unió unions
        cançó cançons
        lliçó lliçons
        presó presons
        exposició exposicions
        activitat activitats
        ciutat ciutats
        jove joves jovent
        feliç feliços
        públic pública públics públiques
        actiu activa actius actives
        educador educadora educadors educadores
        nen nens nena nenes
        noi nois noia noies
        infant infants
        escola escoles
        plaça places
        platja platges
        biblioteca biblioteques
        taller tallers
        barri barris
        home homes
        dona dones
        mà mans
        pa pans
        vi vins
        bosc boscos
        gust gustos
        curs cursos
        text textos
        peix peixos
        dibuix dibuixos
        mes mesos
        país països
        anglès anglesos anglesa angleses
        francès francesos francesa
        portuguès portuguesos portuguesa
        braç braços
        veu veus
        creu creus
        idea idees
        àrea àrees
        assemblea assemblees
        llengua llengües
        aigua aigües
        raça races
        força forces
        taronja taronges
        viatge viatges
        roig roja rojos roges
        mig mitja mitjos mitges
        boig boja bojos
        passeig passejos passeigs
        municipal municipals
        local locals
        festa festes
        casa cases
        any anys
        setmana setmanes
        persona persones
        oficina oficines
        piscina piscines
        cuina cuines
        segur segura segurs segures
        lliure lliures
        pobre pobres
        bo bona bons bones
        jugador jugadora jugadors
        director directora directors
        professor professora professors
        alcaldessa alcaldesses
        col·legi col·legis
        línia línies
        història històries
        família famílies
        experiència experiències
        ciència ciències
        escriptor escriptora
        pont ponts
        ple plens plena plenes
        interès interessos
        procés processos
        congrés congressos
        accés accessos
        progrés progressos
        èxit èxits
        xarxa xarxes
        caixa caixes
        seu seus
        groc grocs groga grogues
        blanc blancs blanca blanques
        ric rica rics riques
        sec seca
        pla plans
    """,
    "pt": """
        projecto projeto projectos projetos
        acção ação acções ações
        actividade atividade atividades
        director diretor diretora
        óptimo ótimo
        objectivo objetivo objetivos
        eléctrico elétrico
        adopção adoção
        facto factos
        colectivo coletivo coletiva
        cidadão cidadãos cidadã cidadãs
        europeu europeia europeus europeias
        espanhol espanhóis espanhola
        azul azuis
        herói heróis
        jovem jovens
        jardim jardins
        bom bons boa boas
        mulher mulheres
        mês meses
        país países
        luz luzes
        vez vezes
        português portugueses portuguesa portuguesas
        sustentável sustentáveis
        fácil fáceis
        útil úteis
        animal animais
        papel papéis
        local locais
        municipal municipais
        nacional nacionais
        social sociais
        hotel hotéis
        museu museus
        escola escolas
        criança crianças
        aluno alunos aluna alunas
        professor professora professores
        flor flores
        mar mares
        canção canções
        pão pães
        mão mãos
        irmão irmãos irmã
        alemão alemães alemã
        educador educadora educadores educadoras
        público pública públicos
        prémio prêmio prémios
        género gênero
        económico econômico
        homem homens
        imagem imagens
        viagem viagens
        fim fins
        som sons
        comum comuns
        nuvem nuvens
        lição lições
        região regiões
        opinião opiniões
        autocarro autocarros
        cidade cidades
        rede redes
        voz vozes
        raiz raízes
        feliz felizes
        civil civis
        infantil infantis
        juvenil juvenis
        difícil difíceis
        possível possíveis
        água águas
        bairro bairros
        vizinho vizinhos vizinha vizinhas
        lençol lençóis
        farol faróis
        barril barris
        perfil perfis
        têxtil têxteis
        réptil répteis
        contacto contato
        aspecto aspeto
        espectáculo espetáculo
        arquitectura arquitetura
        arquitecto arquiteto
        factor fator
        sector setor
        excepção exceção
        recepção receção
        concepção conceção
        protecção proteção
        selecção seleção
        direcção direção
        colecção coleção
        correcto correto
        directo direto
        efectivo efetivo
        exacto exato
        activo ativo
        actual atual
        actor ator
        electricidade eletricidade
    """,
}
