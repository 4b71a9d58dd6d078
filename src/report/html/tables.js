// Figures above the map and tables below it. All text gets into the page as text, never as markup.
"use strict";

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "class") made.className = value;
    else if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value !== null) made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null && child !== ""));
  return made;
}

// A limit is nearly full from nine tenths on (model/budget.h).
const fill = (bytes, limit) => (bytes > limit ? "over" : bytes >= 0.9 * limit ? "near" : "");

function figure(label, before, after, limit) {
  const meter = element("i");
  const head = element("div", { class: "label" }, element("span", {}, label));
  const card = element("div", { class: "figure" }, head);
  const amount = (count) => (label === "files" ? commas(count) : bytes(count));
  const sizes = element("div", { class: "sizes" });
  if (before !== null) sizes.append(element("span", { class: "was" }, amount(before)), element("span", { class: "was" }, "→"));
  sizes.append(element("span", { class: "now" }, amount(after)));
  if (before !== null) {
    sizes.append(element("span", { class: after > before ? "change over" : after < before ? "change" : "change none" }, change(before, after)));
    meter.style.width = (before > 0 ? Math.min(100, (100 * after) / before) : 100) + "%";
  } else if (limit) {
    head.append(element("span", { class: "change " + fill(after, limit) }, ((100 * after) / limit).toFixed(1) + " % of " + bytes(limit)));
    meter.style.width = Math.min(100, (100 * after) / limit) + "%";
    meter.className = fill(after, limit);
  }
  card.append(sizes);
  if (before !== null || limit) card.append(element("div", { class: "meter" }, meter));
  return card;
}

function table(title, header, rows) {
  if (rows.length === 0) return [];
  const cell = (name, content, kind, label = null) => element(name, { class: kind || null, "data-label": label }, content);
  const kinds = header.map(([, kind]) => kind);
  return [element("h2", {}, title), element("div", { class: "scroll" }, element("table", {},
    element("thead", {}, element("tr", {}, ...header.map(([name, kind]) => cell("th", name, kind)))),
    element("tbody", {}, ...rows.map((cells) => element("tr", {}, ...cells.map((content, at) => cell("td", content, kinds[at], header[at][0])))))))];
}

const known = new Set(report.files.map((file) => file[PATH]));
// A path may go on in the next line behind a slash, a dash or a low line, rather than in the middle of a word.
const broken = (path) => path.split(/(?<=[/_-])/).flatMap((part, at) => (at === 0 ? [part] : [element("wbr"), part]));
const linkTo = (path) => (known.has(path) ? element("button", { type: "button", onclick: () => goTo(path) }, ...broken(path)) : element("span", {}, ...broken(path)));

const MOST_FINDINGS = 500;
const MOST_FILES = 8;  // of one group

function showTables() {
  const groups = new Map();  // what says the same of several files
  for (const [severity, id, path, message] of report.findings) {
    const key = JSON.stringify([severity, id, message]);
    if (!groups.has(key)) groups.set(key, { severity, id, message, paths: [] });
    if (path !== "") groups.get(key).paths.push(path);
  }
  const all = [...groups.values()].sort((a, b) => graver[b.severity] - graver[a.severity]);
  const rows = all.slice(0, MOST_FINDINGS).map(({ severity, id, message, paths }) => {
    const files = element("div", { class: "files" }, ...paths.slice(0, MOST_FILES).map((path) => element("div", {}, linkTo(path))));
    if (paths.length > MOST_FILES) files.append(element("div", {}, "… and " + counted(paths.length - MOST_FILES, "more file")));
    return [element("span", { class: "severity " + severity }, severity), id, paths.length > 0 ? files : "", message];
  });
  $("findings").append(...table(counted(report.findings.length, "finding") + (all.length > rows.length ? ", the gravest " + MOST_FINDINGS : ""),
    [["severity", ""], ["finding", "name"], ["file", "path"], ["what and what to do", "message"]], rows));
  const header = [["rule", "name"], ["why", "message"], ["files", "number"], ["unpacked", "number"]];
  if (report.written && report.packed) header.push([report.packed, "number"]);
  $("tables").append(...table("What each rule did", header, report.by_rule.map((rule) => {
    const cells = [rule.name, rule.reason, commas(rule.files), difference(rule.unpacked[0], rule.unpacked[1])];
    if (report.written && report.packed) cells.push(difference(rule.packed[0], rule.packed[1]));
    return cells;
  })));
}

function showHead() {
  const name = (text) => element("span", { class: "name" }, text);
  $("title").append(isRun ? "slim " : "slim check ", name(report.name));
  if (report.output) $("title").append(element("span", { class: "arrow" }, "→"), name(report.output));
  $("facts").textContent = report.facts.join(" · ");
  const figures = [];
  if (!isRun) {
    const count = (severity) => report.findings.filter((finding) => finding[0] === severity).length;
    const card = figure("check", null, 0, null);
    card.className = "figure verdict" + (report.failed ? " failed" : "");
    card.querySelector(".now").textContent = report.failed ? "failed" : "passed";
    card.append(element("div", { class: "was" }, [counted(count("error"), "error"), counted(count("warning"), "warning"), counted(count("note"), "note")].join(", ")));
    figures.push(card);
  }
  for (const { label, before, after, limit } of report.figures) figures.push(figure(label, before ?? null, after, limit ?? 0));
  $("figures").append(...figures);
  $("footer").append("slim " + report.slim + " · ", element("kbd", {}, "/"), " search · ", element("kbd", {}, "← ↑ → ↓"), " choose · ",
    element("kbd", {}, "Enter"), " zoom in · ", element("kbd", {}, "Esc"), " zoom out");
}
