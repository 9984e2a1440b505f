// Every kind of page in a real browser: clean console, own origin only, usable without scripts, accessible, narrow.
"use strict";
const assert = require("node:assert/strict");
const { after, before, describe, test } = require("node:test");
const site = require("./support/site.js");
const { serve } = require("./support/server.js");
const { launch, open } = require("./support/browser.js");

const KINDS = Object.entries(site.kinds());
const RULES = { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], rules: { "target-size": { enabled: true } } };

let server, browser;
before(async () => { [server, browser] = await Promise.all([serve(), launch()]); });
after(async () => { await browser.close(); await server.close(); });

async function at(file, options, steps) {
  const { context, page, wrong } = await open(browser, server.origin, options);
  try {
    const response = await page.goto(server.at(file));
    await steps(page, wrong, response);
  } finally {
    await context.close();
  }
}

/** What axe finds, in a form that says where. */
async function violations(page) {
  await page.addScriptTag({ path: require.resolve("axe-core/axe.min.js") });
  const { violations: found, passes } = await page.evaluate((rules) => globalThis.axe.run(rules), RULES);
  assert.ok(passes.some(({ id }) => id === "target-size") && passes.length > 10, "axe looked at the page");
  return found.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary.split("\n")[1] ?? ""}`));
}

test("the site has all kinds of pages", () => {
  const names = KINDS.map(([name]) => name);
  for (const name of ["home", "search", "not found", "rich item", "sparse item", "collections", "one of collections", "one of tags", "one of creators", "one of years", "one of types", "prose"]) {
    assert.ok(names.includes(name), `no page of kind: ${name}`);
  }
});

for (const [kind, file] of KINDS) {
  describe(`${kind} (${file})`, () => {
    test("nothing goes wrong, and nothing is asked of anybody else", () => at(file, { viewport: { width: 1280, height: 800 } }, async (page, wrong, response) => {
      await page.waitForLoadState("networkidle");
      assert.equal(response.status(), 200);
      assert.equal(await page.locator("h1").count(), 1);
      assert.deepEqual(wrong, []);
    }));

    if (kind !== "search") {
      test("four requests at most before anything is asked for", () => at(file, { viewport: { width: 1280, height: 800 } }, async (page) => {
        const asked = [];
        page.on("request", (request) => asked.push(request.url()));
        await page.reload({ waitUntil: "networkidle" });
        assert.ok(new Set(asked).size <= 4, asked.join("\n"));
      }));
    }

    test("without scripts it is complete, and its links work", () => at(file, { javaScriptEnabled: false, viewport: { width: 1280, height: 800 } }, async (page, wrong) => {
      assert.ok((await page.locator("main").innerText()).trim().length > 20);
      assert.equal(await page.locator(".js:visible").count(), 0, "controls that need a script are not shown");
      const link = page.locator("main a[href]:visible").filter({ hasText: /\S/ });
      const inner = (await link.evaluateAll((links) => links.map((node) => node.href))).find((href) => href.startsWith(server.origin) && !href.includes("#") && href.endsWith("/"));
      if (inner) {
        const response = await page.goto(inner);
        assert.equal(response.status(), 200, inner);
      }
      assert.deepEqual(wrong, []);
    }));

    for (const width of [320, 1280]) {
      for (const colorScheme of ["light", "dark"]) {
        test(`accessible at ${width} px, ${colorScheme}`, () => at(file, { colorScheme, viewport: { width, height: 800 }, bypassCSP: true }, async (page) => {
          assert.deepEqual(await violations(page), []);
        }));
      }
    }

    test("does not scroll sideways at 320 px", () => at(file, { viewport: { width: 320, height: 640 } }, async (page) => {
      const sizes = await page.evaluate(() => ({ scroll: document.documentElement.scrollWidth, client: document.documentElement.clientWidth }));
      assert.ok(sizes.scroll <= sizes.client, `${sizes.scroll} px in ${sizes.client} px`);
    }));
  });
}

describe("states", () => {
  const query = site.read(site.items[0]).match(/<h1[^>]*>([^<]{4,})/)?.[1] ?? "the";

  for (const colorScheme of ["light", "dark"]) {
    test(`results, no results and options are accessible, ${colorScheme}`, () => at("search/index.html", { colorScheme, viewport: { width: 1280, height: 800 }, bypassCSP: true }, async (page) => {
      for (const words of [query, "zzzzqqqq"]) {
        await page.goto(`${server.at("search/index.html")}?all=${encodeURIComponent(words)}`);
        await page.waitForFunction(() => document.querySelector("#results [role=status]")?.textContent);
        assert.deepEqual(await violations(page), [], words);
      }
      await page.goto(server.at(site.items[0]));
      await page.fill('[role="search"] [type="search"]', query);
      await page.waitForSelector('[role="option"]');
      await page.keyboard.press("ArrowDown");
      assert.deepEqual(await violations(page), [], "options");
    }));
  }

  test("an address that leads nowhere has a page with working links, at any depth", () => at("index.html", { viewport: { width: 1280, height: 800 } }, async (page, wrong) => {
    const response = await page.goto(new URL("items/AAAAAAAA/deep/er/", server.at("index.html")).href);
    assert.equal(response.status(), 404);
    await page.waitForLoadState("networkidle");
    assert.deepEqual(wrong.filter((line) => !line.includes("404")), []);
    const links = await page.$$eval("a[href]:not([href^=\"#\"])", (nodes) => nodes.map((node) => node.href));
    assert.ok(links.length > 3);
    for (const link of new Set(links.map((href) => href.split("#")[0]))) {
      const file = site.file(new URL(new URL(link).pathname, site.base.origin));
      if (new URL(link).origin === server.origin) assert.ok(site.files.includes(file), link);
    }
  }));

  test("Tab reaches the skip link first, and then everything, without a trap", () => at(site.items[0], { viewport: { width: 1280, height: 800 } }, async (page) => {
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
    const stops = new Set();
    for (let n = 0; n < 400; n++) {
      await page.keyboard.press("Tab");
      const stop = await page.evaluate(() => {
        const node = document.activeElement;
        if (node === document.body) return null;
        const { outlineStyle, boxShadow } = getComputedStyle(node);
        node.dataset.stop ??= String(document.querySelectorAll("[data-stop]").length);
        return { id: node.dataset.stop, seen: outlineStyle !== "none" || boxShadow !== "none", html: node.outerHTML.slice(0, 100) };
      });
      if (!stop || stops.has(stop.id)) break;
      assert.ok(stop.seen, `focus is not visible on ${stop.html}`);
      stops.add(stop.id);
    }
    const links = await page.locator("a[href]:visible").count();
    assert.ok(stops.size >= links - 1, `${stops.size} stops for ${links} links`);
  }));
});
