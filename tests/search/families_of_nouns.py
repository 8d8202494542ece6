"""Singular and plural, feminine and masculine, with accents and hyphens: more words whose forms find each other."""

NOUNS = {
    "en": """
        gallery galleries
        charity charities
        activity activities
        university universities
        ceremony ceremonies
        diary diaries
        agency agencies
        strategy strategies
        story stories
        discovery discoveries
        shelf shelves
        thief thieves
        loaf loaves
        foot feet
        goose geese
        grandchild grandchildren
        phenomenon phenomena
        index indices indexes
        church churches
        dish dishes
        match matches
        tax taxes
        potato potatoes
        video videos
        studio studios
        well-being wellbeing
        co-operation cooperation
        e-mail email
        child's children's
        city’s cities
        mayor's mayors
        gas gases
        menu menus
        big bigger biggest
        old older oldest
        young younger youngest
        refugee refugees
        musician musicians
        orchestra orchestras
    """,
    "es": """
        arte artes
        ave aves
        enlace enlaces
        avance avances
        alcance alcances
        índice índices
        cauce cauces
        cómplice cómplices
        dulce dulces
        pez peces
        matriz matrices
        actriz actrices
        cruz cruces
        tapiz tapices
        alto alta altos altas
        otro otra otros otras
        único única únicos únicas
        bonito bonita bonitos
        héroe héroes
        pie pies
        dios dioses
        primero primer primera primeros
        bueno buen buena buenos
        financiero financiera financieros
        pasajero pasajera pasajeros
        nación naciones
        pensión pensiones
        televisión televisiones
        razón razones
        balcón balcones
        capitán capitana capitanes
        alemán alemana alemanes
        inglés inglesa ingleses
        autobús autobuses
        festival festivales
        papel papeles
        árbol árboles
        útil útiles
        fácil fáciles
        tabú tabúes
        menú menús
        escuela escuelas
        puente puentes
        tierra tierras
        tienda tiendas
        puerta puertas
        respuesta respuestas
        pingüino pingüinos
        cigüeña cigüeñas
        niña niñas niño niños
        teórico-práctico teórico-prácticos
    """,
    "fr": """
        petit petite petits petites
        conflit conflits
        crédit crédits
        produit produits
        circuit circuits
        fruit fruits
        habit habits
        esprit esprits
        gratuit gratuite gratuits
        portrait portraits
        parfait parfaite parfaits
        opinion opinions
        religion religions
        région régions
        passager passagers passagère
        étranger étrangère étrangers
        léger légère légers
        souvenir souvenirs
        matériau matériaux
        vitrail vitraux
        divers diverse diverses
        précis précise
        privé privée privés
        faux fausse
        dieu dieux
        parent parents
        agent agents
        accident accidents
        différent différente différents
        étudiant étudiantes
        événement événements
        mouvement mouvements
        document documents
        président présidente présidents
        œuvre œuvres
        cœur cœurs
        sœur sœurs
        vœu vœux
        leçon leçons
        garçon garçons
        façade façades
        français françaises
        reçu reçus
        rendez-vous rendez-vous
        centre-ville centres-villes
        arc-en-ciel arcs-en-ciel
        l’école écoles
        d’été été
        qu’ordre ordres
        aujourd’hui aujourd'hui
        hiver hivers
        divertissement divertissements
        carnaval carnavals
        festival festivals
        oiseau oiseaux
        château châteaux
        chapeau chapeaux
        tuyau tuyaux
        acteur actrice acteurs
        créatif créative créatifs
        joyeux joyeuse joyeuses
        joyau joyaux
    """,
    "ca": """
        obra obres
        centre centres
        imatge imatges
        mestre mestra mestres
        personatge personatges
        habitatge habitatges
        missatge missatges
        llenguatge llenguatges
        classe classes
        pare pares
        mare mares
        ordre ordres
        informe informes
        metre metres
        negre negra negres
        espanyol espanyola espanyols espanyoles
        militar militars
        escolar escolars
        popular populars
        familiar familiars
        treball treballs
        cavall cavalls
        títol títols
        símbol símbols
        model models
        hotel hotels
        detall detalls
        ull ulls
        fill fills filla filles
        llei lleis
        riu rius
        clau claus
        individu individus
        últim última últims últimes
        primer primera primers primeres
        senyor senyora senyors senyores
        escriptor escriptora escriptors
        vermell vermella vermells vermelles
        religiós religiosa religiosos religioses
        positiu positiva positius positives
        educatiu educativa educatius educatives
        dada dades
        vida vides
        torre torres
        vall valls
        graner graners
        jornada jornades
        mirada mirades
        nació nacions
        acció accions
        decisió decisions
        discussió discussions
        til·la til·les
        novel·la novel·les
        pel·lícula pel·lícules
        síl·laba síl·labes
        col·lecció col·leccions
        l’àvia àvies
        d’hora hores
        nord-americà nord-americans
    """,
    "pt": """
        ano anos
        dia dias
        rua ruas
        obra obras
        olho olhos
        ilha ilhas
        lei leis
        rei reis
        arte artes
        erro erros
        rio rios
        arma armas
        pé pés
        alto alta altos altas
        próprio própria próprios próprias
        próximo próxima próximos próximas
        último última últimos
        necessário necessária necessários
        voluntário voluntária voluntários voluntárias
        comunitário comunitária
        balão balões
        avião aviões
        nação nações
        estação estações
        coração corações
        cão cães
        capitão capitães
        irmão irmãos
        órgão órgãos
        órfão órfãos órfã
        grão grãos
        bênção bênçãos
        campeão campeões
        inglês inglesa ingleses inglesas
        chinês chinesa chineses
        tese teses
        hipótese hipóteses
        empresa empresas
        anel anéis
        túnel túneis
        hotel hotéis
        jornal jornais
        sol sóis
        paul pauis
        canil canis
        fóssil fósseis
        nível níveis
        som sons
        álbum álbuns
        homem homens
        flor flores
        luz luzes
        gás gases
        deus deuses
        ônibus ónibus
        guarda-chuva guarda-chuvas
        couve-flor couves-flores
        d’água águas
        idéia ideia ideias
        bebê bebé bebés
    """,
}
