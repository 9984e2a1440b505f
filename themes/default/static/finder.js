// zbib default theme: finds records by title, creator, year or key. It reads the index of src/website/search (tinysearch's exact
// one) and answers as that crate does, but every word has to match, and only the last may be the beginning of a longer one.
"use strict";
{
  // Words, as in analysis.rs and spelling.rs: tests/fixtures/search/analysis.json holds both to the same.
  const WORD = /[\p{L}\p{N}\p{M}_]+(?:\.[\p{L}\p{N}\p{M}_]+)*/gu;
  const CJK = /([\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\u30fc\u3099\u309a]+)/u;
  const ACCENT = /([иу]\u0306)|[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]/g;
  const LETTERS = { ß: "ss", æ: "ae", œ: "oe", þ: "th", ø: "o", ł: "l", đ: "d", ð: "d", ı: "i", ħ: "h", ς: "σ" };
  const fold = (word) => word.toLowerCase().normalize("NFKD").replace(ACCENT, "$1").toLowerCase()
    .replace(/[ßæœþøłđðıħς]/g, (letter) => LETTERS[letter]).normalize();
  const pieces = (run, n) => {
    const letters = [...run.replace(/^\.+|\.+$/g, "")];
    return n % 2 && letters[1] ? letters.slice(1).map((letter, n) => letters[n] + letter) : letters.slice(0, 64).join("");
  };
  const tokens = (text) => (text.normalize().match(WORD) ?? []).flatMap((word) => fold(word).split(CJK).flatMap(pieces)).filter(Boolean);
  const numerals = (digits) => digits.replace(/\d/g, (digit) => "〇ⅰⅱⅲⅳⅴⅵⅶⅷⅸ"[digit]);
  const spell = (word) => numerals(word.replace(/[^\p{Alphabetic}0-9]/gu, (c) => "'" + c.codePointAt(0)));

  // An index: records, the words of their titles, all other words, and for each of these the records that have it.
  function read(buffer) {
    const bytes = new Uint8Array(buffer), utf8 = new TextDecoder("utf-8", { fatal: true });
    let at = 0;
    const take = (length) => {
      if (at + length > bytes.length) throw new RangeError("truncated index");
      return bytes.subarray(at, at += length);
    };
    const text = (length) => utf8.decode(take(length));
    const varint = (unit = 1) => { const [byte] = take(1); return (byte & 127) * unit + (byte > 127 ? varint(unit * 128) : 0); };
    const bincode = () => { const [byte] = take(1); return byte < 251 ? byte : take(2 ** (byte - 250)).reduceRight((sum, next) => sum * 256 + next, 0); };
    const list = (length, one) => { const all = []; while (all.length < length) all.push(one()); return all; };
    if (text(11) !== "tinysearch\u0002") throw new TypeError("not an index");
    varint();
    const posts = list(bincode(), () => ({ title: text(bincode()), url: text(bincode()), meta: text(bincode()) }));
    varint();
    const terms = text(varint()).split("\n").slice(0, -1);
    const postings = terms.map(() => { let post = 0; return list(varint(), () => post += varint()); });
    const titles = posts.map(({ title }) => title.split(/[^\p{Alphabetic}']+/u).map((word) => word.toLowerCase()));
    return { posts, titles, terms, postings };
  }

  // What records score for a word: 3 in the title, 2 for a longer one in the title, 1 more for any other word.
  function score({ titles, terms, postings }, word, whole) {
    const begins = !whole && [...word].length > 2;
    const fits = (other) => other === word || (begins && other.startsWith(word));
    const scores = titles.map((title) => (title.includes(word) ? 3 : title.some(fits) ? 2 : 0));
    for (const post of new Set(terms.flatMap((term, n) => (fits(term) ? postings[n] : [])))) scores[post]++;
    return scores;
  }
  function find(index, query) {
    const words = tokens(query).map(spell);
    const each = words.map((word, n) => score(index, word, n < words.length - 1));
    const hits = index.posts.map((post, n) => ({ ...post, scores: each.map((scores) => scores[n]) }));
    return hits.filter(({ scores }) => scores[0] && scores.every(Boolean)).map((hit) => ({ ...hit, score: hit.scores.reduce((a, b) => a + b) }));
  }

  // The files of an index, each fetched when it is needed. After a failure all are forgotten: the site may be a newer one.
  function open({ quick, manifest }) {
    let files = {};
    const get = (url, body, options) => files[url] ??= fetch(url, options).then((response) => {
      if (!response.ok) throw new Error(`${response.status} ${url}`);
      return body(response);
    });
    const part = (url) => get(url, async (response) => read(await response.arrayBuffer()));
    const load = (options) => Promise.all([get(manifest, (response) => response.json(), options), part(quick)]);
    // All hits, or those of as many parts as give `enough`.
    async function search(query, enough = Infinity, options) {
      try {
        const [{ quick: parts, items }, first] = await load(options);
        let hits = find(first, query);
        for (let n = 1; n < parts.length && hits.length < enough; n++) {
          hits = hits.concat(find(await part(new URL(parts[n].file, new URL(manifest, location))), query));
        }
        return { hits: hits.sort((a, b) => b.score - a.score), items };
      } catch (error) {
        files = {};
        if (options) throw error;
        return search(query, enough, { cache: "reload" });
      }
    }
    return { load, search };
  }

  const element = (name, properties, ...children) => {
    const node = Object.assign(document.createElement(name), properties);
    node.append(...children);
    return node;
  };
  let phrases; // data-* of the form, and on the search page of the results
  const phrase = (text, number) => text.replace("{n}", number.toLocaleString(document.documentElement.lang));
  const found = (count) => phrase(phrases[count === 1 ? "one" : count ? "found" : "none"], count);
  const key = ({ url }) => url.split("/").at(-2);
  const address = (form, { url }) => form.dataset.root + url;
  const title = (hit) => hit.title || hit.meta || key(hit);

  // A search field that offers records while one types: https://www.w3.org/WAI/ARIA/apg/patterns/combobox/
  function combobox(form, id) {
    const field = form.elements.all, index = open(form.dataset);
    const list = element("ul", { className: "finder", id, role: "listbox", ariaLabel: phrases.label, hidden: true });
    const status = element("p", { className: "hush", role: "status" });
    Object.assign(field, { role: "combobox", autocomplete: "off", ariaExpanded: "false", ariaAutoComplete: "list" });
    field.setAttribute("aria-controls", id);
    form.append(list, status);
    let turn = 0, chosen = -1;

    const choose = (n) => {
      if (chosen >= 0) list.children[chosen].ariaSelected = "false";
      const option = list.children[chosen = n];
      field.setAttribute("aria-activedescendant", option?.id ?? "");
      if (option) { option.ariaSelected = "true"; option.scrollIntoView({ block: "nearest" }); }
    };
    const show = (options, said) => {
      choose(-1);
      list.replaceChildren(...options);
      list.hidden = !options.length;
      field.ariaExpanded = `${!list.hidden}`;
      status.textContent = said;
    };
    const close = () => { turn++; show([], ""); };
    const offer = async () => {
      const now = ++turn, query = field.value;
      if (!query.trim()) return close();
      const { hits, items } = await index.search(query, 8);
      if (now !== turn) return; // another letter was typed
      const option = (n, onclick, ...children) => element("li", { id: `${id}-${n}`, role: "option", ariaSelected: "false", onclick }, ...children);
      const options = hits.slice(0, 8).map((hit, n) => option(n, () => location.assign(address(form, hit)),
        element("span", { dir: "auto", textContent: title(hit) }), " ", element("small", { dir: "auto", textContent: hit.meta })));
      show([...options, option(8, () => form.requestSubmit(), phrase(phrases.all, items))], found(options.length));
    };
    const quietly = (promise) => promise.catch(close); // without an index the form still leads to the search page
    field.addEventListener("input", () => quietly(offer()));
    field.addEventListener("blur", close);
    list.addEventListener("pointerdown", (event) => event.preventDefault()); // or the field would lose focus, and the list close
    field.addEventListener("keydown", (event) => {
      const last = list.children.length - 1, one = chosen >= 0;
      if (event.key === "ArrowDown") list.hidden ? quietly(offer()) : choose(chosen < last ? chosen + 1 : 0);
      else if (list.hidden) return;
      else if (event.key === "ArrowUp") choose(chosen > 0 ? chosen - 1 : last);
      else if (event.key === "Home" && one) choose(0);
      else if (event.key === "End" && one) choose(last);
      else if (event.key === "Enter" && one) list.children[chosen].click();
      else if (event.key === "Escape") close();
      else return;
      event.preventDefault();
    });
    quietly(field.value ? offer() : index.load()); // the field has the focus, or this script would not be here
  }

  // The search page: the results of `?all=`, which may stand there several times, and of what is typed.
  function page(form, results) {
    const PAGE = 50, field = form.elements.all, index = open(form.dataset), newest = document.getElementById("newest");
    const status = element("p", { className: "result-count", role: "status" }), body = element("div");
    results.tabIndex = -1;
    results.replaceChildren(status, body);
    let turn = 0, typing = false, timer;

    const entry = (hit) => {
      const link = element("a", { className: "ref-title", href: address(form, hit), textContent: title(hit) });
      const node = element("li", { className: "entry" }, element("p", { className: "ref", dir: "auto" }, link, hit.title && hit.meta && `, ${hit.meta}`));
      node.dataset.key = key(hit);
      return node;
    };
    const list = (hits) => {
      const entries = element("ol", { className: "entries" }), more = element("button", { className: "btn", type: "button", textContent: phrases.more });
      more.onclick = () => {
        const shown = entries.children.length;
        entries.append(...hits.slice(shown, shown + PAGE).map(entry));
        more.hidden = entries.children.length >= hits.length;
        if (shown) entries.children[shown].querySelector("a").focus();
      };
      more.onclick();
      return [entries, more];
    };
    const failure = (query) => element("div", { className: "callout", role: "alert" }, element("p", { textContent: phrases.failed }),
      element("button", { className: "btn", type: "button", textContent: phrases.retry, onclick: () => show(query) }));
    const show = async (query) => {
      const now = ++turn;
      clearTimeout(timer);
      if (newest) newest.hidden = Boolean(query);
      results.ariaBusy = "true";
      timer = setTimeout(() => { status.textContent = phrases.loading; }, 300);
      const answer = query ? await index.search(query).catch(() => null) : { hits: [] };
      if (now !== turn) return; // a later question is on its way
      clearTimeout(timer);
      status.textContent = query && answer ? found(answer.hits.length) : "";
      body.replaceChildren(...(answer ? list(answer.hits) : [failure(query)]));
      results.dataset.total = answer?.hits.length ?? 0;
      results.ariaBusy = "false";
    };
    // Typing is one step of the history, however many letters it has; parameters that others put there stay.
    const ask = (typed) => {
      const url = new URL(location), query = field.value.trim();
      if (query) url.searchParams.set("all", query); else url.searchParams.delete("all");
      if (url.href !== location.href) history[typed && typing ? "replaceState" : "pushState"](null, "", url);
      typing = typed;
      return show(query);
    };
    const arrive = () => {
      typing = false;
      show(field.value = new URLSearchParams(location.search).getAll("all").join(" ").trim());
    };
    field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 150, true); });
    form.addEventListener("submit", (event) => { event.preventDefault(); ask(false).then(() => results.focus()); });
    addEventListener("popstate", arrive);
    arrive();
  }

  if (globalThis.document) {
    const results = document.getElementById("results");
    document.querySelectorAll("form[data-quick]").forEach((form, n) => {
      phrases = { ...form.dataset, ...results?.dataset };
      if (results) page(form, results); else combobox(form, `finder-${n}`);
    });
  } else module.exports = { tokens, spell, read, score, find };
}
