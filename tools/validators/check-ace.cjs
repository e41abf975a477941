// Runs Ace by DAISY over EPUBs in one Node process and one Chromium; lines as in CheckEpub.
//   node check-ace.cjs MODULES BOOK...      (MODULES: the folder where npm installed package.json)
const { mkdtempSync, rmSync } = require("node:fs");
const { createRequire } = require("node:module");
const { tmpdir } = require("node:os");
const { join, resolve } = require("node:path");

const [modules, ...books] = process.argv.slice(2);
const from = createRequire(join(resolve(modules), "package.json"));
const ace = from("@daisy/ace-core");
const runner = from("@daisy/ace-axe-runner-puppeteer");

// Ace starts a browser for each book and ends it; the books here share one
const shared = { ...runner, launch: async () => {}, close: async () => {} };
const options = { cwd: process.cwd(), lang: "en" };
// its logger writes into the user's home, and complains when it has nowhere to write
const winston = createRequire(from.resolve("@daisy/ace-core"))("winston");
winston.configure({ silent: true, transports: [new winston.transports.Console()] });

const line = (...cells) =>
  console.log(cells.map((cell) => String(cell ?? "").replace(/\s+/g, " ")).join("\t"));

function* failures(node, at) {
  if (Array.isArray(node)) {
    for (const each of node) yield* failures(each, at);
  } else if (node && typeof node === "object") {
    const here = node["earl:testSubject"]?.url ?? at;
    const result = node["earl:result"];
    const test = node["earl:test"];
    if (result?.["earl:outcome"] === "fail" && test?.["earl:impact"]) yield { here, test, result };
    for (const each of Object.values(node)) yield* failures(each, here);
  }
}

async function check(book) {
  // without a folder for its report Ace prints that among our lines
  const outdir = mkdtempSync(join(tmpdir(), "ace-"));
  try {
    const [, report] = await ace(book, { ...options, outdir }, shared);
    for (const { here, test, result } of failures(report.assertions, "")) {
      const element = result["earl:pointer"]?.css?.[0] ?? "";
      line(book, "ERROR", test["dct:title"], `${here} ${element}`, result["dct:description"]);
    }
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

(async () => {
  await runner.launch();
  for (const book of books) {
    try {
      await check(book);
    } catch (wrong) {
      line(book, "FATAL", "unreadable", "", wrong?.message ?? wrong);
    }
    line(book, "DONE", "", "", "");
  }
  await runner.close();
})();
