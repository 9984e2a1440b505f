# German phrases of the interface.
# `NUMBER($count)` writes a number with the language's separators; variables are the same in every language.

# The frame of every page

skip-to-content = Zum Inhalt springen
menu = Menü
close = Schließen
site = Website
theme-system = Farben: wie das System
theme-light = Farben: hell
theme-dark = Farben: dunkel
copied = Kopiert
copy-refused = Der Browser hat das Kopieren nicht erlaubt
selection = { $count } ausgewählt
selection-cleared = Auswahl aufgehoben
licence = Lizenz der Datensätze:
whole-library = Ganze Bibliothek:
whole-library-head = Ganze Bibliothek
feeds = Feeds:
made-with = Erstellt mit zbib aus einer Zotero-Bibliothek

# Searching

search = Suchen
search-page = Suche
search-the-library = Die Bibliothek durchsuchen
search-placeholder = Titel, Person oder Zitierschlüssel
search-needs-script = Die Suche braucht JavaScript. Jeder Eintrag ist auch über die Listen auf dieser Seite zu erreichen.
results = Treffer
finder-all = Alle { $number } Einträge durchsuchen
finder-one = ein Eintrag gefunden
finder-found = { $number } Einträge gefunden
finder-none = Kein Eintrag enthält alle diese Wörter.
finder-loading = Die Suchdaten werden geladen
finder-failed = Die Suchdaten konnten nicht geladen werden.
finder-retry = Noch einmal versuchen
finder-more = Mehr anzeigen
browse = Stöbern

# The home page

count-references = { $count ->
    [one] Eintrag
   *[other] Einträge
}
count-collections = { $count ->
    [one] Sammlung
   *[other] Sammlungen
}
count-files = { $count ->
    [one] Datei
   *[other] Dateien
}
count-creators = { $count ->
    [one] Person
   *[other] Personen
}
updated = Stand:
newest = Neueste
newest-all = Alle, neueste zuerst
overview = Überblick
follow-and-reuse = Folgen und nachnutzen
no-references = Hier stehen noch keine Einträge.
histogram = Einträge je Jahrzehnt, { $first } bis { $last }; die meisten in den { $most }n
histogram-earlier = { $count ->
    [one] Ein früherer Eintrag steht nicht im Bild
   *[other] { NUMBER($count) } frühere Einträge stehen nicht im Bild
}

# Lists and indexes

breadcrumb = Navigationspfad
references = Einträge
range = { NUMBER($first) }–{ NUMBER($last) } von { NUMBER($total) }
pages = Seiten
previous = Zurück
next = Weiter
parts = Teile
parts-of = Teile von { $name }
download-references = { $count ->
    [one] Eintrag herunterladen
   *[other] { NUMBER($count) } Einträge herunterladen
}
search-within = Darin suchen
feed = Feed
copy-bib-address = .bib-Adresse kopieren
jump = Springen zu
collection-label = Sammlung
tag-label = Schlagwort
creator-label = Person
year-label = Jahr
type-label = Art
collection-siblings = Sammlungen
tag-siblings = Verwandte Schlagwörter
creator-siblings = Andere Personen
year-siblings = Andere Jahre
type-siblings = Andere Arten
collections = Sammlungen
tags = Schlagwörter
creators = Personen
years = Jahre
types = Arten
collections-total = { $count ->
    [one] Eine Sammlung
   *[other] { NUMBER($count) } Sammlungen
}
collections-none = { $count ->
    [one] Ein Eintrag steht in keiner Sammlung
   *[other] { NUMBER($count) } Einträge stehen in keiner Sammlung
}
tags-all = { $count ->
    [one] Das einzige Schlagwort
   *[other] Alle { NUMBER($count) } Schlagwörter
}
tags-total = { $count ->
    [one] Ein Schlagwort
   *[other] { NUMBER($count) } Schlagwörter
}
creators-total = { $count ->
    [one] Eine Person
   *[other] { NUMBER($count) } Personen
}
years-total = { $count ->
    [one] Ein Jahr
   *[other] { NUMBER($count) } Jahre
}
types-total = { $count ->
    [one] Eine Art
   *[other] { NUMBER($count) } Arten
}

# The page of a record

read-file = { $format } lesen
view-at = Ansehen bei { $host }
cite = Zitieren
export = Exportieren
formatted-reference = Formatierter Nachweis
citation-style = Zitierstil
copy = Kopieren
abstract = Zusammenfassung
details = Einzelheiten
files = Dateien
annotations = Anmerkungen
notes = Notizen
page = S. { $page }
passage = Stelle
about-this-record = Über diesen Eintrag
links = Links
record = Eintrag
permalink = Permalink
copy-permalink = Permalink kopieren
citation-key = Zitierschlüssel
added = Hinzugefügt
changed = Geändert

# Pages not found

not-found = Unter dieser Adresse gibt es keine Seite
not-found-why = Der Eintrag kann zusammengeführt, umbenannt oder entfernt worden sein. Ist er noch da, findet ihn die Suche.

# Sizes of files

size-kilobytes = { $size } kB
size-megabytes = { $size } MB
size-gigabytes = { $size } GB

## Said by the program, not by a template

home = Startseite
about = Über
undated = Ohne Jahr
untitled = Ohne Titel
reference = Literaturangabe
decade = { $year }er
year-before = { $year } v. Chr.
before-common-era = Vor unserer Zeitrechnung
same-work = Dasselbe Werk in einer anderen Bibliothek
related = Verwandt
other = Weitere
east-asian = 漢字 かな 한글
item-type = Eintragsart
snapshot = Schnappschuss
new-references = Neue Einträge
feed-atom = Atom-Feed der neuen Einträge
feed-changes = Feed der Änderungen und Löschungen
for-latex = { $file }, für LaTeX
newest-first = Neueste zuerst
source-in = In
source-volume = Bd. { $volume }
source-issue = Nr. { $issue }
source-page = Seite { $pages }
source-pages = Seiten { $pages }

## What creators did, before their names

role-artist = Kunst von
role-attorneyAgent = vertreten durch
role-author = von
role-bookAuthor = in einem Buch von
role-cartographer = Karten von
role-castMember = mit
role-chair = unter dem Vorsitz von
role-commenter = Kommentar von
role-composer = Musik von
role-contributor = mit Beiträgen von
role-cosponsor = mitgetragen von
role-counsel = Rechtsbeistand:
role-creator = geschaffen von
role-director = Regie:
role-editor = herausgegeben von
role-executiveProducer = ausführende Produktion:
role-guest = zu Gast:
role-host = moderiert von
role-interviewee = Gespräch mit
role-interviewer = Fragen von
role-inventor = erfunden von
role-narrator = gesprochen von
role-organizer = veranstaltet von
role-originalCreator = ursprünglich von
role-performer = aufgeführt von
role-podcaster = Podcast von
role-presenter = vorgetragen von
role-producer = produziert von
role-programmer = programmiert von
role-recipient = an
role-reviewedAuthor = Rezension eines Werks von
role-scriptwriter = Drehbuch von
role-seriesCreator = Serie von
role-seriesEditor = Reihe herausgegeben von
role-sponsor = eingebracht von
role-translator = übersetzt von
role-wordsBy = Text von

## Words of references

reference-no-date = o. J.
reference-editor = Hrsg.
reference-editors = Hrsg.
reference-translator = Übers.
reference-translators = Übers.
reference-edition = { $n }. Aufl.
reference-volume = Bd.
reference-number = Nr.
reference-version = Version
reference-page = S.
reference-pages = S.
# Twelve names, parted by |
reference-months = Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember
reference-day = { $day }. { $month }
