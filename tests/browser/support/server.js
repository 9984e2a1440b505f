// Serves the site under its own base path, as a static host does: folders have index.html, what is not there has 404.html.
"use strict";
const fs = require("node:fs");
const http = require("node:http");
const path = require("node:path");
const site = require("./site.js");

const TYPES = { html: "text/html; charset=utf-8", css: "text/css", js: "text/javascript", json: "application/json", svg: "image/svg+xml", xml: "application/xml", pdf: "application/pdf", txt: "text/plain" };
const known = new Set(site.files);

function answer(request, response) {
  const url = new URL(request.url, site.base.origin);
  const name = url.pathname.startsWith(site.base.pathname) ? site.file(url) : null;
  if (name && !known.has(name) && known.has(`${name}/index.html`)) return response.writeHead(301, { location: `${url.pathname}/` }).end();
  const found = known.has(name);
  const file = found ? name : "404.html";
  response.writeHead(found ? 200 : 404, { "content-type": TYPES[path.extname(file).slice(1)] ?? "application/octet-stream" });
  fs.createReadStream(path.join(site.root, file)).pipe(response);
}

/** Starts a server; `at(file)` is the address of a file or folder of the site on it. */
async function serve() {
  const server = http.createServer(answer);
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  const at = (file) => origin + site.address(file).pathname;
  return { origin, at, close: () => new Promise((resolve) => { server.closeAllConnections?.(); server.close(resolve); }) };
}

module.exports = { serve };
