# English phrases of the interface.
# `NUMBER($count)` writes a number with the language's separators; variables are the same in every language.

# The frame of every page

skip-to-content = Skip to content
menu = Menu
close = Close
site = Site
theme-system = Theme: system
theme-light = Theme: light
theme-dark = Theme: dark
copied = Copied
copy-refused = Copying was refused by the browser
selection = { $count } selected
selection-cleared = Selection cleared
licence = Licence of the records:
whole-library = Whole library:
whole-library-head = Whole library
feeds = Feeds:
made-with = Made with zbib from a Zotero library

# Searching

search = Search
search-page = Search
search-the-library = Search the library
search-placeholder = Title, creator or citation key
search-needs-script = Searching needs JavaScript. Every reference can also be reached through the lists on this page.
results = Results
finder-all = Search all { $number } references
finder-one = one reference found
finder-found = { $number } references found
finder-none = No reference has all of these words.
finder-loading = Loading the search data
finder-failed = The search data could not be loaded.
finder-retry = Try again
finder-more = Show more
browse = Browse

# The home page

count-references = { $count ->
    [one] reference
   *[other] references
}
count-collections = { $count ->
    [one] collection
   *[other] collections
}
count-files = { $count ->
    [one] file
   *[other] files
}
count-creators = { $count ->
    [one] creator
   *[other] creators
}
updated = updated
newest = Newest
newest-all = All, newest first
overview = Overview
follow-and-reuse = Follow and reuse
no-references = There are no references here yet.
histogram = References per decade, { $first } to { $last }; most in the { $most }
histogram-earlier = { $count ->
    [one] One earlier reference is not in the picture
   *[other] { NUMBER($count) } earlier references are not in the picture
}

# Lists and indexes

breadcrumb = Breadcrumb
references = References
range = { NUMBER($first) }–{ NUMBER($last) } of { NUMBER($total) }
pages = Pages
previous = Previous
next = Next
parts = Parts
parts-of = Parts of { $name }
download-references = { $count ->
    [one] Download the reference
   *[other] Download { NUMBER($count) } references
}
search-within = Search within
feed = Feed
copy-bib-address = Copy .bib address
jump = Jump to
collection-label = Collection
tag-label = Tag
creator-label = Creator
year-label = Year
type-label = Type
collection-siblings = Collections
tag-siblings = Related tags
creator-siblings = Other creators
year-siblings = Other years
type-siblings = Other types
collections = Collections
tags = Tags
creators = Creators
years = Years
types = Types
collections-total = { $count ->
    [one] One collection
   *[other] { NUMBER($count) } collections
}
collections-none = { $count ->
    [one] One reference is in no collection
   *[other] { NUMBER($count) } references are in no collection
}
tags-all = { $count ->
    [one] The only tag
   *[other] All { NUMBER($count) } tags
}
tags-total = { $count ->
    [one] One tag
   *[other] { NUMBER($count) } tags
}
creators-total = { $count ->
    [one] One creator
   *[other] { NUMBER($count) } creators
}
years-total = { $count ->
    [one] One year
   *[other] { NUMBER($count) } years
}
types-total = { $count ->
    [one] One type
   *[other] { NUMBER($count) } types
}

# The page of a record

read-file = Read { $format }
view-at = View at { $host }
cite = Cite
export = Export
formatted-reference = Formatted reference
citation-style = Citation style
copy = Copy
abstract = Abstract
details = Details
files = Files
annotations = Annotations
notes = Notes
page = p. { $page }
passage = Passage
about-this-record = About this record
links = Links
record = Record
permalink = Permalink
copy-permalink = Copy permalink
citation-key = Citation key
added = Added
changed = Changed

# Pages not found

not-found = There is no page at this address
not-found-why = The reference may have been merged, renamed or removed. The search below finds it if it is still here.

# Sizes of files

size-kilobytes = { $size } KB
size-megabytes = { $size } MB
size-gigabytes = { $size } GB

## Said by the program, not by a template

home = Home
about = About
undated = Undated
untitled = Untitled
reference = Reference
decade = { $year }s
year-before = { $year } BC
before-common-era = Before the common era
same-work = The same work in another library
related = Related
other = Other
east-asian = 漢字 かな 한글
item-type = Item type
snapshot = Snapshot
new-references = New references
feed-atom = Atom feed of new references
feed-changes = Feed of changes and removals
for-latex = { $file }, for LaTeX
newest-first = Newest first
source-in = In
source-volume = vol. { $volume }
source-issue = no. { $issue }
source-page = page { $pages }
source-pages = pages { $pages }

## What creators did, before their names

role-artist = art by
role-attorneyAgent = represented by
role-author = by
role-bookAuthor = in a book by
role-cartographer = maps by
role-castMember = with
role-chair = chaired by
role-commenter = comment by
role-composer = music by
role-contributor = with contributions by
role-cosponsor = cosponsored by
role-counsel = counsel:
role-creator = created by
role-director = directed by
role-editor = edited by
role-executiveProducer = executive producer:
role-guest = with
role-host = hosted by
role-interviewee = interview with
role-interviewer = interviewed by
role-inventor = invented by
role-narrator = narrated by
role-organizer = organised by
role-originalCreator = originally by
role-performer = performed by
role-podcaster = podcast by
role-presenter = presented by
role-producer = produced by
role-programmer = programmed by
role-recipient = to
role-reviewedAuthor = review of a work by
role-scriptwriter = written by
role-seriesCreator = series created by
role-seriesEditor = series edited by
role-sponsor = sponsored by
role-translator = translated by
role-wordsBy = words by

## Words of references

reference-no-date = n.d.
reference-editor = Ed.
reference-editors = Eds.
reference-translator = Trans.
reference-translators = Trans.
reference-edition = { $n } ed.
reference-volume = Vol.
reference-number = No.
reference-version = Version
reference-page = p.
reference-pages = pp.
# Twelve names, parted by |
reference-months = January|February|March|April|May|June|July|August|September|October|November|December
reference-day = { $month } { $day }
