# Spanish phrases of the interface.
# `NUMBER($count)` writes a number with the language's separators; variables are the same in every language.

# The frame of every page

skip-to-content = Ir al contenido
menu = Menú
close = Cerrar
site = Sitio
theme-system = Tema: sistema
theme-light = Tema: claro
theme-dark = Tema: oscuro
copied = Copiado
copy-refused = El navegador no permitió copiar
selection = Selección: { $count }
selection-cleared = Selección borrada
licence = Licencia de los registros:
whole-library = Biblioteca completa:
whole-library-head = Biblioteca completa
feeds = Canales:
made-with = Hecho con zbib a partir de una biblioteca de Zotero

# Searching

search = Buscar
search-page = Búsqueda
search-the-library = Buscar en la biblioteca
search-placeholder = Título, persona o clave de cita
search-needs-script = La búsqueda necesita JavaScript. A cada referencia se llega también por las listas de esta página.
results = Resultados
finder-all = Buscar en las { $number } referencias
finder-one = una referencia encontrada
finder-found = { $number } referencias encontradas
finder-none = Ninguna referencia contiene todas estas palabras.
finder-loading = Cargando los datos de búsqueda
finder-failed = No se pudieron cargar los datos de búsqueda.
finder-retry = Volver a intentarlo
finder-more = Mostrar más
browse = Explorar

# The home page

count-references = { $count ->
    [one] referencia
   *[other] referencias
}
count-collections = { $count ->
    [one] colección
   *[other] colecciones
}
count-files = { $count ->
    [one] archivo
   *[other] archivos
}
count-creators = { $count ->
    [one] persona
   *[other] personas
}
updated = actualizado:
newest = Lo más reciente
newest-all = Todo, lo más reciente primero
overview = Resumen
follow-and-reuse = Seguir y reutilizar
no-references = Aquí no hay referencias todavía.
histogram = Referencias por década, { $first } a { $last }; la mayoría en los { $most }
histogram-earlier = { $count ->
    [one] Una referencia anterior no aparece en el gráfico
   *[other] { NUMBER($count) } referencias anteriores no aparecen en el gráfico
}

# Lists and indexes

breadcrumb = Ruta de navegación
references = Referencias
range = { NUMBER($first) }–{ NUMBER($last) } de { NUMBER($total) }
pages = Páginas
previous = Anterior
next = Siguiente
parts = Partes
parts-of = Partes de { $name }
download-references = { $count ->
    [one] Descargar la referencia
   *[other] Descargar { NUMBER($count) } referencias
}
search-within = Buscar aquí
feed = Canal
copy-bib-address = Copiar la dirección .bib
jump = Ir a
collection-label = Colección
tag-label = Etiqueta
creator-label = Persona
year-label = Año
type-label = Tipo
collection-siblings = Colecciones
tag-siblings = Etiquetas relacionadas
creator-siblings = Otras personas
year-siblings = Otros años
type-siblings = Otros tipos
collections = Colecciones
tags = Etiquetas
creators = Personas
years = Años
types = Tipos
collections-total = { $count ->
    [one] Una colección
   *[other] { NUMBER($count) } colecciones
}
collections-none = { $count ->
    [one] Una referencia no está en ninguna colección
   *[other] { NUMBER($count) } referencias no están en ninguna colección
}
tags-all = { $count ->
    [one] La única etiqueta
   *[other] Las { NUMBER($count) } etiquetas
}
tags-total = { $count ->
    [one] Una etiqueta
   *[other] { NUMBER($count) } etiquetas
}
creators-total = { $count ->
    [one] Una persona
   *[other] { NUMBER($count) } personas
}
years-total = { $count ->
    [one] Un año
   *[other] { NUMBER($count) } años
}
types-total = { $count ->
    [one] Un tipo
   *[other] { NUMBER($count) } tipos
}

# The page of a record

read-file = Leer { $format }
view-at = Ver en { $host }
cite = Citar
export = Exportar
formatted-reference = Referencia con formato
citation-style = Estilo de cita
copy = Copiar
abstract = Resumen
details = Detalles
files = Archivos
annotations = Anotaciones
notes = Notas
page = p. { $page }
passage = Pasaje
about-this-record = Sobre este registro
links = Enlaces
record = Registro
permalink = Enlace permanente
copy-permalink = Copiar el enlace permanente
citation-key = Clave de cita
added = Añadido
changed = Modificado

# Pages not found

not-found = No hay ninguna página en esta dirección
not-found-why = La referencia puede haberse fusionado, renombrado o eliminado. Si sigue aquí, la búsqueda la encuentra.

# Sizes of files

size-kilobytes = { $size } kB
size-megabytes = { $size } MB
size-gigabytes = { $size } GB

## Said by the program, not by a template

home = Inicio
about = Acerca de
undated = Sin fecha
untitled = Sin título
reference = Referencia
decade = años { $year }
year-before = { $year } a. C.
before-common-era = Antes de nuestra era
same-work = La misma obra en otra biblioteca
related = Relacionado
other = Otros
east-asian = 漢字 かな 한글
item-type = Tipo de elemento
snapshot = Instantánea
new-references = Referencias nuevas
feed-atom = Canal Atom de referencias nuevas
feed-changes = Canal de cambios y bajas
for-latex = { $file }, para LaTeX
newest-first = Más recientes primero
source-in = En
source-volume = vol. { $volume }
source-issue = n.º { $issue }
source-page = página { $pages }
source-pages = páginas { $pages }

## What creators did, before their names

role-artist = arte de
role-attorneyAgent = representado por
role-author = de
role-bookAuthor = en un libro de
role-cartographer = cartografía de
role-castMember = con
role-chair = presidido por
role-commenter = comentario de
role-composer = música de
role-contributor = con contribuciones de
role-cosponsor = copatrocinado por
role-counsel = abogado:
role-creator = creado por
role-director = dirigido por
role-editor = editado por
role-executiveProducer = producción ejecutiva de
role-guest = con la participación de
role-host = presentado por
role-interviewee = entrevista con
role-interviewer = entrevistado por
role-inventor = inventado por
role-narrator = narrado por
role-organizer = organizado por
role-originalCreator = original de
role-performer = interpretado por
role-podcaster = pódcast de
role-presenter = presentado por
role-producer = producido por
role-programmer = programado por
role-recipient = a
role-reviewedAuthor = reseña de una obra de
role-scriptwriter = guion de
role-seriesCreator = serie creada por
role-seriesEditor = serie editada por
role-sponsor = patrocinado por
role-translator = traducido por
role-wordsBy = letra de

## Words of references

reference-no-date = s. f.
reference-editor = Ed.
reference-editors = Eds.
reference-translator = Trad.
reference-translators = Trads.
reference-edition = { $n }.ª ed.
reference-volume = Vol.
reference-number = N.º
reference-version = Versión
reference-page = p.
reference-pages = pp.
# Twelve names, parted by |
reference-months = enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre
reference-day = { $day } de { $month }
