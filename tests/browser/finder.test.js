// Finding records in a real browser: from the field on every page, and on the search page.
"use strict";
const assert = require("node:assert/strict");
const { after, before, describe, test } = require("node:test");
const reader = require("../../themes/default/static/finder.js");
const fs = require("node:fs");
const path = require("node:path");
const site = require("./support/site.js");
const { serve } = require("./support/server.js");
const { launch, open } = require("./support/browser.js");

const index = reader.read(fs.readFileSync(path.join(site.root, "search/data/quick.idx")));
const total = JSON.parse(site.read("search/data/manifest.json")).items;

/** A record with a creator, a year, and a word of its title that no other record has. */
const known = index.posts.map((post) => {
  const word = reader.tokens(post.title).find((token) => /^[a-z]{6,}$/.test(token) && reader.find(index, token).length === 1);
  const [, creator] = /^([A-Z][a-z]+) \d{4}$/.exec(post.meta) ?? [];
  const bib = site.files.find((name) => name.startsWith(post.url) && name.endsWith(".bib"));
  return { ...post, word, creator, key: post.url.split("/").at(-2), citation: bib && /^@\w+\{([^,\s]+),/m.exec(site.read(bib))?.[1] };
}).find((post) => post.word && post.creator && post.citation);

let server, browser;
before(async () => { [server, browser] = await Promise.all([serve(), launch()]); });
after(async () => { await browser.close(); await server.close(); });

/** Opens a page, runs the steps, and fails if anything went wrong in it. */
async function at(file, steps, options) {
  const { context, page, wrong } = await open(browser, server.origin, { viewport: { width: 1280, height: 800 }, ...options });
  try {
    await page.goto(server.at(file));
    await steps(page, wrong);
    assert.deepEqual(wrong, []);
  } finally {
    await context.close();
  }
}

const field = '[role="search"] [type="search"]';
const active = (page) => page.$eval(field, (node) => document.getElementById(node.getAttribute("aria-activedescendant"))?.textContent ?? null);
const busy = '#results[aria-busy="false"]';
const settled = (page, count) => page.waitForSelector(`${busy}[data-total="${count}"]`);
const keys = (page) => page.$$eval("#results [data-key]", (nodes) => nodes.map((node) => node.dataset.key));

describe("the field in the header", () => {
  const item = site.items.at(-1);

  test("there is a record to look for", () => assert.ok(known, "no record has a creator, a year, a citation key and a word of its own"));

  for (const [what, query] of [["a word of the title", () => known.word], ["the beginning of a word", () => known.word.slice(0, 5)], ["its creator", () => known.creator], ["its citation key", () => known.citation], ["its key", () => known.key]]) {
    test(`finds a record by ${what}, with the keyboard alone`, () => at(item, async (page) => {
      await page.keyboard.press("Control+k");
      await page.keyboard.type(query());
      await page.waitForSelector('[role="option"]');
      for (let n = 0; n < 8; n++) {
        await page.keyboard.press("ArrowDown");
        if ((await active(page))?.includes(known.title)) break;
      }
      assert.ok((await active(page))?.includes(known.title), `${query()} does not offer ${known.title}`);
      await Promise.all([page.waitForURL(`**/${known.key}/`), page.keyboard.press("Enter")]);
    }));
  }

  test("moves through the options and says where it is", () => at(item, async (page) => {
    await page.fill(field, known.creator);
    await page.waitForSelector('[role="option"]');
    const input = page.locator(field);
    assert.equal(await input.getAttribute("role"), "combobox");
    assert.equal(await input.getAttribute("aria-expanded"), "true");
    assert.equal(await active(page), null);
    const options = await page.locator('[role="option"]').allTextContents();
    for (const [key, wanted] of [["ArrowDown", 0], ["ArrowUp", -1], ["ArrowDown", 0], ["End", -1], ["Home", 0], ["ArrowDown", 1]]) {
      await page.keyboard.press(key);
      assert.equal(await active(page), options.at(wanted), key);
      assert.equal(await page.locator('[aria-selected="true"]').count(), 1);
    }
    assert.ok(options.at(-1).includes(total.toLocaleString(await page.getAttribute("html", "lang"))), options.at(-1));
    await page.keyboard.press("Escape");
    assert.equal(await input.getAttribute("aria-expanded"), "false");
    assert.equal(await page.locator('[role="listbox"]').isVisible(), false);
    assert.equal(await input.inputValue(), known.creator);
  }));

  test("loads nothing before it has the focus", () => at(item, async (page) => {
    const loaded = [];
    page.on("request", (request) => loaded.push(request.url()));
    await page.reload({ waitUntil: "networkidle" });
    assert.deepEqual(loaded.filter((url) => url.includes("search/data")), []);
    await Promise.all([page.waitForRequest(/quick\.idx$/), page.focus(field)]);
  }));

  test("leads to the search page with Enter and with its last option", async () => {
    await at(item, async (page) => {
      await page.fill(field, known.word);
      await page.keyboard.press("Enter");
      await page.waitForURL(`**/search/?all=${known.word}`);
      await settled(page, 1);
    });
    await at(item, async (page) => {
      await page.fill(field, known.word);
      await page.locator('[role="option"]').last().click();
      await page.waitForURL(`**/search/?all=${known.word}`);
    });
  });

  test("still leads to the search page when the index cannot be loaded", () => at(item, async (page, wrong) => {
    await page.route("**/search/data/**", (route) => route.abort());
    await page.fill(field, known.word);
    await page.keyboard.press("Enter");
    await page.waitForURL(/search\//);
    await page.waitForSelector("#results [role=alert]");
    wrong.length = 0; // the browser itself reports requests that were refused
  }));
});

describe("the search page", () => {
  const search = "search/index.html";

  for (const [what, query] of [["a word of the title", () => known.word], ["its creator", () => known.creator], ["its citation key", () => known.citation], ["creator and title", () => `${known.creator} ${known.word}`]]) {
    test(`finds a record by ${what}`, () => at(search, async (page) => {
      await page.fill(field, query());
      await page.keyboard.press("Enter");
      const count = reader.find(index, query()).length;
      await settled(page, total > index.posts.length ? await page.getAttribute("#results", "data-total") : count);
      assert.ok((await keys(page)).includes(known.key));
      const href = await page.$eval(`#results [data-key="${known.key}"] a`, (node) => node.href);
      assert.equal(href, server.at(`${known.url}index.html`));
      assert.equal(await page.evaluate(() => document.activeElement.id), "results");
    }));
  }

  test("keeps its state in the address, and goes back and forward", () => at(`${search}`, async (page) => {
    const newest = page.locator("#newest");
    assert.equal(await newest.isVisible(), true);
    await page.goto(`${server.at(search)}?all=${known.word}&other=kept`);
    await settled(page, 1);
    assert.equal(await newest.isVisible(), false);
    assert.equal(await page.inputValue(field), known.word);
    await page.fill(field, known.creator);
    await page.waitForURL(`**/search/?all=${known.creator}&other=kept`);
    await page.fill(field, `${known.creator} ${known.word}`);
    await page.waitForURL(`**/search/?all=${known.creator}+${known.word}&other=kept`);
    await settled(page, 1);
    await page.goBack();
    await settled(page, 1);
    assert.equal(await page.inputValue(field), known.word, "typing is one step of the history");
    await page.goForward();
    assert.equal(await page.inputValue(field), `${known.creator} ${known.word}`);
    await page.goto(`${server.at(search)}?all=${known.creator}&all=${known.word}`);
    await settled(page, 1);
  }));

  test("says so when nothing is found, and shows the newest again when nothing is asked", () => at(`${search}`, async (page) => {
    await page.fill(field, "zzzzqqqq");
    await page.waitForFunction(() => document.querySelector("#results [role=status]").textContent);
    await settled(page, 0);
    assert.deepEqual(await keys(page), []);
    await page.fill(field, "");
    await page.waitForSelector("#newest:not([hidden])");
  }));

  test("takes whatever is typed for words", () => at(search, async (page) => {
    for (const query of ["<script>alert(1)</script>", "\"", "((((", "a^9 OR NOT", "\u0000\u202e", "😀", "x".repeat(5000)]) {
      await page.fill(field, query);
      await page.keyboard.press("Enter");
      await page.waitForSelector(busy);
    }
  }));

  test("offers another try when the data cannot be loaded", () => at("index.html", async (page, wrong) => {
    await page.route("**/search/data/**", (route) => route.abort());
    await page.goto(`${server.at(search)}?all=${known.word}`);
    const retry = page.locator("#results [role=alert] button");
    await retry.waitFor();
    await page.unroute("**/search/data/**");
    wrong.length = 0; // the browser itself reports requests that were refused
    await retry.click();
    await settled(page, 1);
  }));

  test("an old answer never replaces a newer one", () => at(search, async (page) => {
    let held = [];
    await page.route("**/search/data/quick.idx", async (route) => { await new Promise((resolve) => held.push(resolve)); await route.continue(); });
    await page.fill(field, known.creator);
    await page.waitForSelector('#results[aria-busy="true"]');
    await page.fill(field, known.word);
    await page.waitForURL(`**/?all=${known.word}`);
    held.forEach((release) => release());
    await settled(page, 1);
    assert.deepEqual(await keys(page), [known.key]);
  }));
});
