# French phrases of the interface.
# `NUMBER($count)` writes a number with the language's separators; variables are the same in every language.

# The frame of every page

skip-to-content = Aller au contenu
menu = Menu
close = Fermer
site = Site
theme-system = Thème : système
theme-light = Thème : clair
theme-dark = Thème : sombre
copied = Copié
copy-refused = Le navigateur a refusé la copie
selection = Sélection : { $count }
selection-cleared = Sélection effacée
licence = Licence des notices :
whole-library = Bibliothèque entière :
whole-library-head = Bibliothèque entière
feeds = Flux :
made-with = Réalisé avec zbib à partir d’une bibliothèque Zotero

# Searching

search = Rechercher
search-page = Recherche
search-the-library = Rechercher dans la bibliothèque
search-placeholder = Titre, auteur ou clé de citation
search-needs-script = La recherche nécessite JavaScript. Les listes de cette page mènent aussi à chaque référence.
results = Résultats
finder-all = Chercher dans les { $number } références
finder-one = une référence trouvée
finder-found = { $number } références trouvées
finder-none = Aucune référence ne contient tous ces mots.
finder-loading = Chargement des données de recherche
finder-failed = Les données de recherche n’ont pas pu être chargées.
finder-retry = Réessayer
finder-more = Afficher plus
browse = Parcourir

# The home page

count-references = { $count ->
    [one] référence
   *[other] références
}
count-collections = { $count ->
    [one] collection
   *[other] collections
}
count-files = { $count ->
    [one] fichier
   *[other] fichiers
}
count-creators = { $count ->
    [one] personne
   *[other] personnes
}
updated = mise à jour :
newest = Nouveautés
newest-all = Tout, du plus récent au plus ancien
overview = Aperçu
follow-and-reuse = Suivre et réutiliser
no-references = Il n’y a encore aucune référence ici.
histogram = Références par décennie, des { $first } aux { $last } ; le plus dans les { $most }
histogram-earlier = { $count ->
    [one] Une référence antérieure n’est pas représentée
   *[other] { NUMBER($count) } références antérieures ne sont pas représentées
}

# Lists and indexes

breadcrumb = Fil d’Ariane
references = Références
range = { NUMBER($first) }–{ NUMBER($last) } sur { NUMBER($total) }
pages = Pages
previous = Précédent
next = Suivant
parts = Parties
parts-of = Parties de { $name }
download-references = { $count ->
    [one] Télécharger la référence
   *[other] Télécharger { NUMBER($count) } références
}
search-within = Rechercher ici
feed = Flux
copy-bib-address = Copier l’adresse .bib
jump = Aller à
collection-label = Collection
tag-label = Marqueur
creator-label = Personne
year-label = Année
type-label = Type
collection-siblings = Collections
tag-siblings = Marqueurs apparentés
creator-siblings = Autres personnes
year-siblings = Autres années
type-siblings = Autres types
collections = Collections
tags = Marqueurs
creators = Personnes
years = Années
types = Types
collections-total = { $count ->
    [one] { NUMBER($count) } collection
   *[other] { NUMBER($count) } collections
}
collections-none = { $count ->
    [one] { NUMBER($count) } référence n’est dans aucune collection
   *[other] { NUMBER($count) } références ne sont dans aucune collection
}
tags-all = { $count ->
    [one] Le seul marqueur
   *[other] Les { NUMBER($count) } marqueurs
}
tags-total = { $count ->
    [one] { NUMBER($count) } marqueur
   *[other] { NUMBER($count) } marqueurs
}
creators-total = { $count ->
    [one] { NUMBER($count) } personne
   *[other] { NUMBER($count) } personnes
}
years-total = { $count ->
    [one] { NUMBER($count) } année
   *[other] { NUMBER($count) } années
}
types-total = { $count ->
    [one] { NUMBER($count) } type
   *[other] { NUMBER($count) } types
}

# The page of a record

read-file = Lire le { $format }
view-at = Voir sur { $host }
cite = Citer
export = Exporter
formatted-reference = Référence mise en forme
citation-style = Style de citation
copy = Copier
abstract = Résumé
details = Détails
files = Fichiers
annotations = Annotations
notes = Notes
page = p. { $page }
passage = Passage
about-this-record = À propos de cette notice
links = Liens
record = Notice
permalink = Permalien
copy-permalink = Copier le permalien
citation-key = Clé de citation
added = Ajouté
changed = Modifié

# Pages not found

not-found = Il n’y a pas de page à cette adresse
not-found-why = La référence a pu être fusionnée, renommée ou supprimée. Si elle est encore ici, la recherche la retrouve.

# Sizes of files

size-kilobytes = { $size } ko
size-megabytes = { $size } Mo
size-gigabytes = { $size } Go

## Said by the program, not by a template

home = Accueil
about = À propos
undated = Sans date
untitled = Sans titre
reference = Référence
decade = années { $year }
year-before = { $year } av. J.-C.
before-common-era = Avant notre ère
same-work = La même œuvre dans une autre bibliothèque
related = Voir aussi
other = Autres
east-asian = 漢字 かな 한글
item-type = Type de document
snapshot = Capture
new-references = Nouvelles références
feed-atom = Flux Atom des nouvelles références
feed-changes = Flux des modifications et suppressions
for-latex = { $file }, pour LaTeX
newest-first = Plus récents d’abord
source-in = Dans
source-volume = vol. { $volume }
source-issue = n° { $issue }
source-page = page { $pages }
source-pages = pages { $pages }

## What creators did, before their names

role-artist = œuvre de
role-attorneyAgent = représenté par
role-author = par
role-bookAuthor = dans un livre de
role-cartographer = cartographie de
role-castMember = avec
role-chair = sous la présidence de
role-commenter = commentaire de
role-composer = musique de
role-contributor = avec la contribution de
role-cosponsor = coparrainé par
role-counsel = conseil :
role-creator = créé par
role-director = réalisé par
role-editor = sous la direction de
role-executiveProducer = production déléguée :
role-guest = avec la participation de
role-host = animé par
role-interviewee = entretien avec
role-interviewer = propos recueillis par
role-inventor = inventé par
role-narrator = raconté par
role-organizer = organisé par
role-originalCreator = d’après
role-performer = interprété par
role-podcaster = podcast de
role-presenter = présenté par
role-producer = produit par
role-programmer = programmé par
role-recipient = à
role-reviewedAuthor = compte rendu d’un ouvrage de
role-scriptwriter = scénario de
role-seriesCreator = série créée par
role-seriesEditor = collection dirigée par
role-sponsor = parrainé par
role-translator = traduit par
role-wordsBy = paroles de

## Words of references

reference-no-date = s. d.
reference-editor = dir.
reference-editors = dir.
reference-translator = trad.
reference-translators = trad.
reference-edition = { $n }e éd.
reference-volume = Vol.
reference-number = N°
reference-version = Version
reference-page = p.
reference-pages = p.
# Twelve names, parted by |
reference-months = janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre
reference-day = { $day } { $month }
