// The index reader in finder.js against the files that the Rust tests make and keep up to date.
"use strict";
const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");
const { test } = require("node:test");
const finder = require("../../themes/default/static/finder.js");

const fixtures = path.join(__dirname, "../fixtures/search");
const bytes = fs.readFileSync(path.join(fixtures, "quick.idx"));
const json = (name) => JSON.parse(fs.readFileSync(path.join(fixtures, name), "utf8"));
const index = finder.read(bytes);
const key = (hit) => hit.url.split("/").at(-2);
const ranked = (query) => finder.find(index, query).sort((a, b) => b.score - a.score);

test("words are cut and folded as in Rust", () => {
  for (const [text, words] of json("analysis.json")) assert.deepEqual(finder.tokens(text), words, JSON.stringify(text));
});

test("the reader finds what the crate finds, in its order", () => {
  const answers = json("quick.json").filter(([query]) => finder.tokens(query).length === 1);
  assert.ok(answers.length > 300);
  for (const [query, total, first] of answers) {
    const hits = ranked(query);
    assert.equal(hits.length, total, query);
    assert.deepEqual(hits.slice(0, first.length).map(key), first, query);
  }
});

test("every word has to match, the last one also as a beginning", () => {
  const total = (query) => finder.find(index, query).length;
  assert.ok(total("shannon") > total("shannon weaver") && total("shannon weaver") > 0);
  assert.equal(total("shannon weav"), total("shannon weaver"));
  assert.equal(total("weav shannon"), 0);
  assert.equal(total("shannon escher"), 0);
  for (const query of ["", " ", "?!", "\ud800", "(\"", "^2^"]) assert.ok(Number.isInteger(total(query)), query);
  assert.equal(total(""), 0);
});

test("a damaged index is an error, never a hang", () => {
  for (let end = 0; end < bytes.length; end += 97) assert.throws(() => finder.read(bytes.subarray(0, end)), `${end} bytes`);
  const random = (() => { let state = 1; return () => (state = (state * 48271) % 2147483647); })();
  for (let round = 0; round < 300; round++) {
    const broken = Uint8Array.from(bytes);
    broken[random() % broken.length] = random() % 256;
    try { finder.find(finder.read(broken), "theory"); } catch (error) { assert.ok(error instanceof RangeError || error instanceof TypeError, String(error)); }
  }
});

test("the script stays small", () => {
  const script = fs.readFileSync(path.join(__dirname, "../../themes/default/static/finder.js"));
  const size = require("node:zlib").gzipSync(script, { level: 9 }).length;
  assert.ok(size <= 5_000, `finder.js has ${size} bytes gzipped`);
});
