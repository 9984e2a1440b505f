# Portuguese phrases of the interface.
# `NUMBER($count)` writes a number with the language's separators; variables are the same in every language.

# The frame of every page

skip-to-content = Ir para o conteúdo
menu = Menu
close = Fechar
site = Site
theme-system = Tema: sistema
theme-light = Tema: claro
theme-dark = Tema: escuro
copied = Copiado
copy-refused = O navegador não permitiu copiar
selection = Seleção: { $count }
selection-cleared = Seleção limpa
licence = Licença dos registos:
whole-library = Biblioteca completa:
whole-library-head = Biblioteca completa
feeds = Feeds:
made-with = Feito com zbib a partir de uma biblioteca do Zotero

# Searching

search = Pesquisar
search-page = Pesquisa
search-the-library = Pesquisar na biblioteca
search-placeholder = Título, pessoa ou chave de citação
search-needs-script = A pesquisa precisa de JavaScript. As listas desta página também levam a cada referência.
results = Resultados
finder-all = Pesquisar nas { $number } referências
finder-one = uma referência encontrada
finder-found = { $number } referências encontradas
finder-none = Nenhuma referência contém todas estas palavras.
finder-loading = A carregar os dados da pesquisa
finder-failed = Não foi possível carregar os dados da pesquisa.
finder-retry = Tentar de novo
finder-more = Mostrar mais
browse = Explorar

# The home page

count-references = { $count ->
    [one] referência
   *[other] referências
}
count-collections = { $count ->
    [one] coleção
   *[other] coleções
}
count-files = { $count ->
    [one] ficheiro
   *[other] ficheiros
}
count-creators = { $count ->
    [one] pessoa
   *[other] pessoas
}
updated = atualização:
newest = Mais recentes
newest-all = Tudo, do mais recente ao mais antigo
overview = Visão geral
follow-and-reuse = Seguir e reutilizar
no-references = Ainda não há referências aqui.
histogram = Referências por década, { $first } a { $last }; a maioria nos { $most }
histogram-earlier = { $count ->
    [one] Uma referência anterior não aparece no gráfico
   *[other] { NUMBER($count) } referências anteriores não aparecem no gráfico
}

# Lists and indexes

breadcrumb = Trilho de navegação
references = Referências
range = { NUMBER($first) }–{ NUMBER($last) } de { NUMBER($total) }
pages = Páginas
previous = Anterior
next = Seguinte
parts = Partes
parts-of = Partes de { $name }
download-references = { $count ->
    [one] Descarregar a referência
   *[other] Descarregar { NUMBER($count) } referências
}
search-within = Pesquisar aqui
feed = Feed
copy-bib-address = Copiar o endereço .bib
jump = Ir para
collection-label = Coleção
tag-label = Etiqueta
creator-label = Pessoa
year-label = Ano
type-label = Tipo
collection-siblings = Coleções
tag-siblings = Etiquetas relacionadas
creator-siblings = Outras pessoas
year-siblings = Outros anos
type-siblings = Outros tipos
collections = Coleções
tags = Etiquetas
creators = Pessoas
years = Anos
types = Tipos
collections-total = { $count ->
    [one] { NUMBER($count) } coleção
   *[other] { NUMBER($count) } coleções
}
collections-none = { $count ->
    [one] { NUMBER($count) } referência não está em nenhuma coleção
   *[other] { NUMBER($count) } referências não estão em nenhuma coleção
}
tags-all = { $count ->
    [one] A única etiqueta
   *[other] Todas as { NUMBER($count) } etiquetas
}
tags-total = { $count ->
    [one] { NUMBER($count) } etiqueta
   *[other] { NUMBER($count) } etiquetas
}
creators-total = { $count ->
    [one] { NUMBER($count) } pessoa
   *[other] { NUMBER($count) } pessoas
}
years-total = { $count ->
    [one] { NUMBER($count) } ano
   *[other] { NUMBER($count) } anos
}
types-total = { $count ->
    [one] { NUMBER($count) } tipo
   *[other] { NUMBER($count) } tipos
}

# The page of a record

read-file = Ler { $format }
view-at = Ver em { $host }
cite = Citar
export = Exportar
formatted-reference = Referência formatada
citation-style = Estilo de citação
copy = Copiar
abstract = Resumo
details = Detalhes
files = Ficheiros
annotations = Anotações
notes = Notas
page = p. { $page }
passage = Passagem
about-this-record = Sobre este registo
links = Ligações
record = Registo
permalink = Ligação permanente
copy-permalink = Copiar a ligação permanente
citation-key = Chave de citação
added = Adicionado
changed = Modificado

# Pages not found

not-found = Não há nenhuma página neste endereço
not-found-why = A referência pode ter sido fundida, renomeada ou removida. Se ainda existe, a pesquisa encontra-a.

# Sizes of files

size-kilobytes = { $size } kB
size-megabytes = { $size } MB
size-gigabytes = { $size } GB

## Said by the program, not by a template

home = Início
about = Sobre
undated = Sem data
untitled = Sem título
reference = Referência
decade = anos { $year }
year-before = { $year } a.C.
before-common-era = Antes da nossa era
same-work = A mesma obra noutra biblioteca
related = Relacionado
other = Outros
east-asian = 漢字 かな 한글
item-type = Tipo de item
snapshot = Instantâneo
new-references = Novas referências
feed-atom = Feed Atom de novas referências
feed-changes = Feed de alterações e remoções
for-latex = { $file }, para LaTeX
newest-first = Mais recentes primeiro
source-in = Em
source-volume = vol. { $volume }
source-issue = n.º { $issue }
source-page = página { $pages }
source-pages = páginas { $pages }

## What creators did, before their names

role-artist = arte de
role-attorneyAgent = representado por
role-author = de
role-bookAuthor = num livro de
role-cartographer = cartografia de
role-castMember = com
role-chair = presidido por
role-commenter = comentário de
role-composer = música de
role-contributor = com contributos de
role-cosponsor = copatrocinado por
role-counsel = advogado:
role-creator = criado por
role-director = realizado por
role-editor = organizado por
role-executiveProducer = produção executiva de
role-guest = com a participação de
role-host = apresentado por
role-interviewee = entrevista com
role-interviewer = entrevistado por
role-inventor = inventado por
role-narrator = narrado por
role-organizer = promovido por
role-originalCreator = original de
role-performer = interpretado por
role-podcaster = podcast de
role-presenter = apresentado por
role-producer = produzido por
role-programmer = programado por
role-recipient = para
role-reviewedAuthor = recensão de uma obra de
role-scriptwriter = argumento de
role-seriesCreator = série criada por
role-seriesEditor = coleção dirigida por
role-sponsor = patrocinado por
role-translator = traduzido por
role-wordsBy = letra de

## Words of references

reference-no-date = s. d.
reference-editor = Ed.
reference-editors = Eds.
reference-translator = Trad.
reference-translators = Trads.
reference-edition = { $n }.ª ed.
reference-volume = Vol.
reference-number = N.º
reference-version = Versão
reference-page = p.
reference-pages = pp.
# Twelve names, parted by |
reference-months = janeiro|fevereiro|março|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro
reference-day = { $day } de { $month }
