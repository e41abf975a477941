
"use strict";
(() => {
  const STEP = 60; // cards that are drawn at a time
  const FORMATS = { html: "Web page", pdf: "PDF", epub: "EPUB", md: "Markdown" };
  const READ_HERE = ["html", "pdf", "epub", "md"]; // where a title leads: what a browser shows first
  const FIELDS = ["q", "site", "year", "language", "told", "sort"];
  const [NAME, TITLE, BYLINE, SITE, DATE, LANGUAGE, RTL, EDITIONS, WORDS, NOTES, LOST, REMOVED, REVIEW, COVER] =
    Array.from({ length: 14 }, (_, place) => place);

  const byId = (id) => document.getElementById(id);
  const rows = JSON.parse(byId("articles").textContent);
  const up = document.body.dataset.up;
  const form = byId("filters");
  const list = byId("cards");
  const more = byId("more");
  const card = byId("card").content;
  const collator = new Intl.Collator("en", { sensitivity: "base", numeric: true });
  const numbers = new Intl.NumberFormat("en");
  const tongues = new Intl.DisplayNames("en", { type: "language" });

  let state = {};
  let shown = []; // rows that fit, in order
  let drawn = 0;
  let folded = null; // what is searched, of each row; made when somebody searches

  // ---- texts

  const LETTERS = { "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i" };

  function fold(text) {
    return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
      .replace(/[ßæœøłđðþı]/g, (letter) => LETTERS[letter]).replace(/[’ʼ]/g, "'");
  }

  function count(number, one, many) {
    return `${numbers.format(number)} ${number === 1 ? one : many}`;
  }

  function tongue(tag) {
    if (tag === "und") return "Not known";
    try {
      return tongues.of(tag);
    } catch {
      return tag;
    }
  }

  function day(date) {
    const [, year, month, of] = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?/.exec(date) || [];
    if (!year) return date;
    const form = { year: "numeric", timeZone: "UTC" };
    if (month) form.month = "long";
    if (of) form.day = "numeric";
    const when = new Date(Date.UTC(+year, (month || 1) - 1, of || 1));
    return Number.isNaN(when.valueOf()) ? date : when.toLocaleDateString("en-GB", form);
  }

  // ---- which rows, in which order

  const fits = {
    site: (row, value) => row[SITE] === value,
    year: (row, value) => row[DATE].slice(0, 4) === value,
    language: (row, value) => row[LANGUAGE] === value,
    author: (row, value) => row[BYLINE].includes(value),
    told: (row, value) => (value === "lost" ? row[LOST] > 0 : Object.keys(row[NOTES]).length > 0),
  };

  const last = (text) => text || "\uffff"; // what says nothing comes last
  const orders = {
    oldest: (a, b) => (last(a[DATE]) < last(b[DATE]) ? -1 : +(last(a[DATE]) > last(b[DATE]))),
    title: (a, b) => collator.compare(a[TITLE], b[TITLE]),
    author: (a, b) => collator.compare(last(a[BYLINE][0]), last(b[BYLINE][0])),
    site: (a, b) => collator.compare(last(a[SITE]), last(b[SITE])),
    longest: (a, b) => b[WORDS] - a[WORDS],
  };

  function chosen() {
    let found = rows;
    const words = fold(state.q || "").split(/\s+/).filter(Boolean);
    if (words.length) {
      folded ||= new Map(rows.map((row) => [row, fold([row[TITLE], ...row[BYLINE], row[SITE]].join("\n"))]));
      found = found.filter((row) => words.every((word) => folded.get(row).includes(word)));
    }
    for (const [name, fit] of Object.entries(fits)) {
      if (state[name]) found = found.filter((row) => fit(row, state[name]));
    }
    return state.sort in orders ? [...found].sort(orders[state.sort]) : found;
  }

  // ---- drawing

  function make(name, text, more = {}) {
    const element = document.createElement(name);
    element.textContent = text;
    for (const [key, value] of Object.entries(more)) element.setAttribute(key, value);
    return element;
  }

  const address = (row, suffix) => `${up}${encodeURIComponent(row[NAME])}.${suffix}`;
  const review = (row, part) => `${up}library/${encodeURIComponent(row[NAME])}.html${part}`;
  const only = (field, value) => `#${new URLSearchParams({ [field]: value })}`;

  function joined(place, parts, between) {
    parts.forEach((part, number) => place.append(number ? between : "", part));
    place.hidden = !parts.length;
  }

  function badge(row, text, part, kind) {
    return row[REVIEW] ? make("a", text, { class: kind, href: review(row, part) }) : make("span", text, { class: kind });
  }

  function badges(row) {
    const told = Object.entries(row[NOTES]).map(([code, times]) => (times > 1 ? `${times} ${code}` : code)).join(", ");
    const found = [];
    const others = Object.values(row[NOTES]).reduce((sum, times) => sum + times, 0) - row[LOST];
    if (row[LOST]) found.push(badge(row, count(row[LOST], "loss", "losses"), "#notes-1", "badge loss"));
    if (others > 0) found.push(badge(row, count(others, "note", "notes"), "#notes-1", "badge"));
    for (const one of found) one.title = told;
    if (row[REVIEW]) found.push(badge(row, row[REMOVED] ? `${row[REMOVED]} removed` : "Before and after", "#removed-1", "badge went"));
    return found;
  }

  function drawCover(place, row) {
    const image = place.querySelector("img");
    const letter = () => place.replaceChildren(make("span", (row[SITE] || row[TITLE]).slice(0, 1).toUpperCase(), { "aria-hidden": "true" }));
    if (!row[COVER]) return letter();
    image.addEventListener("error", letter);
    image.src = `${up}library/${encodeURIComponent(row[NAME])}.jpg`;
  }

  function draw(row) {
    const made = card.cloneNode(true);
    const part = (selector) => made.querySelector(selector);
    const title = part(".title");
    title.textContent = row[TITLE] || row[NAME];
    title.href = address(row, READ_HERE.find((suffix) => row[EDITIONS].includes(suffix)));
    if (row[LANGUAGE] !== "und") title.lang = row[LANGUAGE];
    title.dir = row[RTL] ? "rtl" : "ltr";
    drawCover(part(".cover"), row);
    joined(part(".byline"), row[BYLINE].map((name) => make("a", name, { href: only("author", name) })), ", ");
    const place = [];
    if (row[SITE]) place.push(make("a", row[SITE], { href: only("site", row[SITE]) }));
    if (row[DATE]) place.push(make("time", day(row[DATE]), { datetime: row[DATE].slice(0, 10) }));
    place.push(count(row[WORDS], "word", "words"));
    joined(part(".place"), place, " · ");
    const editions = row[EDITIONS].map((suffix) => {
      const link = make("a", FORMATS[suffix] || suffix, { href: address(row, suffix) });
      link.append(make("span", ` of “${row[TITLE] || row[NAME]}”`, { class: "hidden" }));
      return link;
    });
    part(".editions").append(...editions);
    part(".badges").append(...badges(row));
    return made;
  }

  function drawMore() {
    const next = shown.slice(drawn, drawn + STEP).map(draw);
    const first = next.length ? next[0].querySelector(".title") : null;
    list.append(...next);
    drawn = Math.min(drawn + STEP, shown.length);
    const left = shown.length - drawn;
    more.hidden = !left;
    more.textContent = `Show ${numbers.format(Math.min(STEP, left))} more (${numbers.format(left)} left)`;
    return first;
  }

  function show() {
    shown = chosen();
    drawn = 0;
    list.replaceChildren();
    drawMore();
    const all = count(rows.length, "article", "articles");
    const narrowed = FIELDS.some((name) => name !== "sort" && state[name]) || state.author;
    byId("count").textContent = !narrowed ? all : shown.length ? `${numbers.format(shown.length)} of ${all}` : `None of ${all} fits`;
    byId("clear").hidden = !narrowed;
    byId("author").hidden = !state.author;
    byId("author").textContent = `By ${state.author} – remove`;
  }

  // ---- the state, which the address keeps

  function read() {
    state = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
    for (const name of FIELDS) {
      const field = form.elements[name];
      field.value = state[name] || "";
      if (field.value !== (state[name] || "")) { // an option that is not there
        field.value = "";
        delete state[name];
      }
    }
    show();
  }

  function keep() {
    const told = new URLSearchParams(Object.entries(state).filter(([, value]) => value));
    history.replaceState(null, "", `#${told}`);
    show();
  }

  function options(field, values, name, all) {
    const times = new Map();
    for (const value of values) if (value) times.set(value, (times.get(value) || 0) + 1);
    const found = [...times].map(([value, number]) => [value, name(value), number]);
    found.sort(field === "year" ? (a, b) => (a[0] < b[0] ? 1 : -1) : (a, b) => collator.compare(a[1], b[1]));
    byId(field).append(
      new Option(all, ""),
      ...found.map(([value, label, number]) => new Option(`${label} (${numbers.format(number)})`, value)),
    );
  }

  options("site", rows.map((row) => row[SITE]), (site) => site, "All sites");
  options("year", rows.map((row) => row[DATE].slice(0, 4)), (year) => year, "All years");
  options("language", rows.map((row) => row[LANGUAGE]), tongue, "All languages");

  form.addEventListener("input", (event) => {
    state[event.target.name] = event.target.value;
    keep();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  more.addEventListener("click", () => drawMore()?.focus());
  byId("author").addEventListener("click", () => {
    delete state.author;
    keep();
    byId("list").focus();
  });
  byId("clear").addEventListener("click", () => {
    state = state.sort ? { sort: state.sort } : {};
    form.reset();
    form.elements.sort.value = state.sort || "";
    keep();
    byId("q").focus();
  });
  addEventListener("hashchange", () => {
    if (location.hash !== "#list") read();
  });
  addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, select, textarea");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      byId("q").focus();
    }
  });

  // the further pages of a long library go on with the search of this one
  for (const link of document.querySelectorAll("nav.pages a")) {
    link.addEventListener("click", () => { link.hash = location.hash; });
  }

  form.hidden = false;
  document.querySelector(".bar").hidden = false;
  document.querySelector(".standing").hidden = true;
  read();
})();
