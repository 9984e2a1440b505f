// zbib default theme: what the pages do beyond HTML and CSS. A classic deferred script; the block keeps its names to itself.
"use strict";
{
  const root = document.documentElement;
  const words = document.currentScript.dataset; // what is said aloud, in the site's language
  root.dataset.js = "";

  const store = {
    get: (key) => { try { return localStorage.getItem("zbib:" + key); } catch { return null; } },
    set: (key, value) => { try { value === null ? localStorage.removeItem("zbib:" + key) : localStorage.setItem("zbib:" + key, value); } catch {} },
  };

  // Theme: the button goes round system, light, dark; its name and its picture say which holds.
  const themes = ["system", "light", "dark"];
  function showTheme(theme) {
    if (theme === "system") delete root.dataset.theme; else root.dataset.theme = theme;
    for (const button of document.querySelectorAll("[data-theme-toggle]")) {
      button.title = button.dataset.themeToggle.split("|")[themes.indexOf(theme)];
      button.ariaLabel = button.title;
    }
  }
  showTheme(themes.includes(store.get("theme")) ? store.get("theme") : "system");

  // One polite voice for everything that happens without a visible change of focus.
  const voice = document.createElement("p");
  voice.className = "hush";
  voice.role = "status";
  document.body.append(voice);
  const say = (text) => { voice.textContent = ""; requestAnimationFrame(() => { voice.textContent = text; }); };

  // Copy: data-copy is "location", a selector (its visible match, with italics for word processors), or the text itself.
  async function copy(button) {
    const what = button.dataset.copy;
    const source = /^[#.]/.test(what) ? [...document.querySelectorAll(what)].find((node) => node.checkVisibility()) : null;
    const text = what === "location" ? location.href : source ? source.textContent.trim() : what;
    const rich = source && source.localName !== "pre";
    if (rich && window.ClipboardItem) {
      const blob = (type, data) => new Blob([data], { type });
      await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob("text/plain", text), "text/html": blob("text/html", source.innerHTML) })]);
    } else await navigator.clipboard.writeText(text);
    button.dataset.copied = "";
    say(words.copied);
    setTimeout(() => delete button.dataset.copied, 2000);
  }

  // Basket: keys of selected records, kept across pages.
  const basket = new Set(JSON.parse(store.get("basket") ?? "[]"));
  for (const box of document.querySelectorAll('[name="pick"][checked]')) basket.add(box.value);
  function showBasket() {
    store.set("basket", basket.size ? JSON.stringify([...basket]) : null);
    for (const box of document.querySelectorAll('[name="pick"]')) box.checked = basket.has(box.value);
    for (const bar of document.querySelectorAll("[data-basket]")) {
      bar.hidden = basket.size === 0;
      bar.querySelector("[data-basket-count]").textContent = basket.size;
    }
  }
  showBasket();

  // Citation style: the reader's choice holds on every item page.
  const style = store.get("style");
  const styleRadio = style && document.querySelector(`[name="style"][value="${CSS.escape(style)}"]`);
  if (styleRadio) styleRadio.checked = true;

  // Search: the field is sent under the name of the chosen scope (without the script under its own, "all").
  const setScope = (select) => { select.form.querySelector('[type="search"]').name = select.value; };
  const setScopes = () => document.querySelectorAll("[data-scope]").forEach(setScope);
  setScopes();
  addEventListener("pageshow", setScopes); // the browser may have restored the choice

  document.addEventListener("change", ({ target }) => {
    if (target.matches("[data-scope]")) setScope(target);
    if (target.name === "pick") {
      basket[target.checked ? "add" : "delete"](target.value);
      showBasket();
      say(words.selected.replace("{n}", basket.size));
    }
    if (target.name === "style") store.set("style", target.value);
    const row = target.closest(".fv"); // include and exclude shut each other out
    if (row && target.checked) for (const other of row.querySelectorAll("input")) if (other !== target) other.checked = false;
  });

  document.addEventListener("click", (event) => {
    const on = (selector) => event.target.closest(selector);
    const toggle = on("[data-theme-toggle]");
    if (toggle) {
      const next = themes[(themes.indexOf(root.dataset.theme ?? "system") + 1) % 3];
      store.set("theme", next === "system" ? null : next);
      showTheme(next);
      say(toggle.title);
    }
    const button = on("[data-copy]");
    if (button) copy(button).catch(() => say(words.refused));
    if (on("[data-basket-clear]")) { basket.clear(); showBasket(); say(words.cleared); }
    for (const menu of document.querySelectorAll(".menu[open]")) if (!menu.contains(event.target) || on(".menu-list > *")) menu.open = false;
  });

  // Ctrl+K or ⌘K goes to the search field, or to the search page where the field is not shown.
  // Menus close on Escape and when focus leaves; a full-height panel closes when focus leaves it.
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key?.toLowerCase() === "k") {
      const fields = [...document.querySelectorAll('[role="search"] [type="search"]')];
      const field = fields.find((node) => node.checkVisibility());
      if (fields.length) event.preventDefault();
      if (field) { field.focus(); field.select(); } else fields[0]?.form.requestSubmit();
    }
    const menu = event.key === "Escape" && event.target.closest?.(".menu[open]");
    if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
  });
  // The script behind a search field comes when the field is wanted, on the search page at once.
  const wanted = (field) => {
    const { finder } = field?.form?.dataset ?? {};
    if (!finder || field.type !== "search") return;
    delete field.form.dataset.finder;
    document.head.append(Object.assign(document.createElement("script"), { src: finder }));
  };
  document.addEventListener("focusin", ({ target }) => wanted(target));
  wanted(document.getElementById("results") ? document.querySelector('[role="search"] [type="search"]') : document.activeElement);

  document.addEventListener("focusout", ({ target, relatedTarget }) => {
    if (!relatedTarget) return;
    const menu = target.closest(".menu[open]");
    if (menu && !menu.contains(relatedTarget)) menu.open = false;
    const panel = target.closest(".panel:popover-open");
    if (panel && !panel.contains(relatedTarget)) panel.hidePopover();
  });

  // Year histogram: drag over it to fill the two year fields, which remain the keyboard's way.
  for (const graph of document.querySelectorAll(".histogram")) {
    const form = graph.closest("form");
    if (!form) continue;
    const first = Number(graph.dataset.from), span = graph.dataset.to - first;
    const year = (event) => {
      const box = graph.getBoundingClientRect();
      return Math.floor(first + Math.min(0.999, Math.max(0, (event.clientX - box.x) / box.width)) * span);
    };
    let start = null;
    const show = (a, b) => {
      const [from, to] = a <= b ? [a, b] : [b, a];
      form.elements["year.from"].value = from;
      form.elements["year.to"].value = to;
      const pane = graph.querySelector(".window");
      pane.setAttribute("x", from - first);
      pane.setAttribute("width", to - from + 1);
      for (const bar of graph.querySelectorAll(".bar")) {
        const x = Number(bar.getAttribute("x")) + first;
        bar.classList.toggle("in", x >= from && x <= to);
      }
    };
    graph.addEventListener("pointerdown", (event) => { start = year(event); graph.setPointerCapture(event.pointerId); show(start, start); });
    graph.addEventListener("pointermove", (event) => { if (start !== null) show(start, year(event)); });
    graph.addEventListener("pointerup", () => { start = null; form.elements["year.from"].dispatchEvent(new Event("change", { bubbles: true })); });
  }
}
