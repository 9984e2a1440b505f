// The whole site as files, as a reader without scripts and a search engine's robot meet it.
"use strict";
const assert = require("node:assert/strict");
const { test } = require("node:test");
const site = require("./support/site.js");

const known = new Set(site.files);
const anchors = new Map();
const hasAnchor = (file, name) => {
  if (!anchors.has(file)) anchors.set(file, new Set([...site.read(file).matchAll(/\s(?:id|name)="([^"]*)"/g)].map(([, id]) => id)));
  return anchors.get(file).has(name);
};

test("every link, image, script and form of every page leads to something", () => {
  const broken = new Set();
  let seen = 0;
  for (const page of site.pages) {
    for (const { tag, attribute, address } of site.references(site.read(page))) {
      const url = URL.canParse(address, site.address(page)) ? new URL(address, site.address(page)) : null;
      const file = url && site.file(url);
      seen++;
      if (!url) broken.add(`${page}: <${tag} ${attribute}="${address}"> is no address`);
      else if (file === null || attribute === "data-root") continue;
      else if (!known.has(file)) broken.add(`${page}: <${tag} ${attribute}="${address}"> leads to nothing`);
      else if (url.hash && file.endsWith(".html") && !hasAnchor(file, decodeURIComponent(url.hash.slice(1)))) broken.add(`${page}: ${address} names no place there`);
    }
  }
  assert.ok(seen > site.pages.length * 10, `only ${seen} links were found`);
  assert.deepEqual([...broken].slice(0, 20), [], `${broken.size} broken links`);
});

test("links between pages are relative, so that the site works anywhere", () => {
  const absolute = new Set();
  for (const page of site.pages.filter((name) => name !== "404.html")) {
    for (const { tag, attribute, address } of site.references(site.read(page))) {
      const itself = address === site.address(page).href; // a permalink, to be copied
      if (tag !== "link" && !itself && (address.startsWith("/") || address.startsWith(site.base.href))) absolute.add(`${page}: <${tag} ${attribute}="${address}">`);
    }
  }
  assert.deepEqual([...absolute].slice(0, 20), []);
});

test("every item and every page can be reached from the home page by links alone", () => {
  const reached = new Set(["index.html"]);
  for (const page of reached) {
    for (const { tag, address } of site.references(site.read(page))) {
      const file = tag === "a" && URL.canParse(address, site.address(page)) ? site.file(new URL(address, site.address(page))) : null;
      if (file?.endsWith(".html") && known.has(file)) reached.add(file);
    }
  }
  assert.ok(site.items.length > 100, `${site.items.length} items`);
  const lost = site.pages.filter((page) => !reached.has(page) && page !== "404.html");
  // Snapshots that belong to items are no pages of the site, and are linked all the same.
  assert.deepEqual(lost, [], "pages that no link leads to");
});

test("what the sitemap and the feed name exists", () => {
  for (const list of ["sitemap.xml", "feed.xml"].filter((name) => known.has(name))) {
    const addresses = [...site.read(list).matchAll(/<loc>([^<]*)<\/loc>|<link [^>]*href="([^"]*)"/g)].map(([, loc, href]) => (loc ?? href).replace(/&amp;/g, "&"));
    assert.ok(addresses.length > 10, list);
    const missing = addresses.filter((address) => { const file = site.file(new URL(address)); return file !== null && !known.has(file); });
    assert.deepEqual(missing, [], list);
    assert.ok(!addresses.some((address) => address.endsWith("/404.html")), `${list} names the page for addresses that lead nowhere`);
  }
});

test("no page has a script, a handler or a style of its own", () => {
  for (const page of site.pages) {
    if (/\/items\/[^/]+\/(?!index\.html)/.test(`/${page}`)) continue; // a saved page, which is the owner's
    const html = site.read(page).replace(/<script type="application\/(?:ld\+)?json"[^>]*>[^]*?<\/script>/g, "");
    assert.doesNotMatch(html, /<script(?![^>]*\ssrc=)|<style|<[^>]+\s(?:on[a-z]+|style)\s*=/i, page);
    assert.match(html, /^<!doctype html>\n<html [^>]*>\n<head>\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy"/, page);
  }
});
