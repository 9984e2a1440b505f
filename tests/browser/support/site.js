// The built site as files: what is in it, what its pages link to, one page of every kind.
"use strict";
const fs = require("node:fs");
const path = require("node:path");

const root = path.resolve(process.env.ZBIB_SITE ?? path.join(__dirname, "../../../public"));
if (!fs.existsSync(path.join(root, "index.html"))) {
  throw new Error(`no site in ${root}: build the demo first (cargo run --release -- build), or name another with ZBIB_SITE`);
}

/** All files of the site, by their paths from its root, in order. */
const files = fs.readdirSync(root, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => path.relative(root, path.join(entry.parentPath ?? entry.path, entry.name)).split(path.sep).join("/"))
  .sort();

const read = (file) => fs.readFileSync(path.join(root, file), "utf8");

/** Where the site believes to be, from its own home page: tests serve it under that very path. */
const base = new URL(/<link rel="canonical" href="([^"]*)">/.exec(read("index.html"))?.[1] ?? "http://site.invalid/demo/");

const unescape = (text) => text.replace(/&(?:amp|#38);/g, "&").replace(/&(?:quot|#34);/g, '"').replace(/&#(?:39|x27);/g, "'").replace(/&lt;/g, "<").replace(/&gt;/g, ">");

/** Every tag of a page that names an address: `{ tag, attribute, address }`. Comments and data blocks hold none. */
function references(html) {
  const found = [];
  for (const [tag, name] of html.replace(/<!--[^]*?-->|(<script\b[^>]*>)[^]*?(?=<\/script>)/g, "$1").matchAll(/<([a-z][a-z0-9]*)\b[^>]*>/gi)) {
    for (const [, attribute, address] of tag.matchAll(/\s(href|src|action|data-quick|data-manifest|data-root)="([^"]*)"/g)) {
      found.push({ tag: name, attribute, address: unescape(address) });
    }
    const refresh = /http-equiv="refresh"[^>]*content="\d+;\s*url=([^"]*)"/i.exec(tag);
    if (refresh) found.push({ tag: name, attribute: "refresh", address: unescape(refresh[1]) });
  }
  return found;
}

/** The address of a file on the server the site believes to be on. */
const address = (file) => new URL(file.split("/").map(encodeURIComponent).join("/").replace(/(^|\/)index\.html$/, "$1"), base);

/** The file at an address, or null if it leads outside the site. */
function file(url) {
  if (url.origin !== base.origin || !url.pathname.startsWith(base.pathname)) return null;
  const name = decodeURIComponent(url.pathname.slice(base.pathname.length));
  return name === "" || name.endsWith("/") ? `${name}index.html` : name;
}

const pages = files.filter((name) => name.endsWith(".html"));
const items = pages.filter((name) => /(^|\/)items\/[A-Z0-9]{8}\/index\.html$/.test(name));

/** The largest page that stands one folder below `folder`, and the smallest. */
const below = (folder) => pages.filter((name) => name.startsWith(`${folder}/`) && name.split("/").length === 3)
  .sort((a, b) => read(b).length - read(a).length);

/** One page of every kind that the site has: `{ home: "index.html", … }`. */
function kinds() {
  const chosen = { home: "index.html", search: "search/index.html", "not found": "404.html" };
  const bySize = [...items].sort((a, b) => read(b).length - read(a).length);
  chosen["rich item"] = bySize[0];
  chosen["sparse item"] = bySize.at(-1);
  for (const kind of ["collections", "tags", "creators", "years", "types"]) {
    chosen[kind] = `${kind}/index.html`;
    chosen[`one of ${kind}`] = below(kind)[0];
  }
  chosen["second page of a list"] = pages.find((name) => name.endsWith("/page/2/index.html"));
  chosen.prose = pages.find((name) => name.split("/").length === 2 && !["search", "statistics", "collections", "tags", "creators", "years", "types", "venues"].includes(name.split("/")[0]));
  return Object.fromEntries(Object.entries(chosen).filter(([, name]) => name));
}

module.exports = { root, files, pages, items, read, base, references, address, file, kinds };
