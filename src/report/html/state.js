// What the page shows at the moment, and the colours it has for that.
"use strict";

const $ = (id) => document.getElementById(id);
const isRun = report.kind === "run";
const state = { view: isRun ? "before" : "after", measure: "unpacked", way: "package", search: "" };
const map = new Treemap($("base"), $("overlay"));
let tree = null;
let current = null;
let hits = null;

const KIND_ORDER = ["elf", "python-source", "text", "data", "zip", "archive", "python-bytecode", "mach-o", "pe"];
const severities = new Map();  // of files: the gravest finding
const graver = { note: 0, warning: 1, error: 2 };
for (const [severity, , path] of report.findings) {
  if (path !== "" && !(graver[severities.get(path)] >= graver[severity])) severities.set(path, severity);
}

function palette() {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue("--" + name).trim();
  const kinds = KIND_ORDER.map((kind, at) => [kind, colour("kind-" + (Math.min(at, 7) + 1))]);
  const ofKind = new Map(kinds);
  const ofRule = new Map(report.rules.map((rule, at) => [rule, at < 8 ? colour("kind-" + (at + 1)) : colour("other")]));
  const [stays, gone, fresh, other, error, warning] = ["stays", "gone", "new", "other", "error", "warning"].map(colour);
  const of = (data) => {
    if (state.view === "before") return data.after === 0 && data.before > 0 ? gone : stays;
    if (data.rest || data.file < 0) return other;
    const file = report.files[data.file];
    if (state.view === "gone") return file[RULE] < 0 ? other : ofRule.get(report.rules[file[RULE]]);
    const severity = severities.get(file[PATH]);
    if (!isRun && severity === "error") return error;
    if (!isRun && severity === "warning") return warning;
    if (isNew(file)) return fresh;
    return ofKind.get(report.kinds[file[KIND]]) || other;
  };
  return { of, kinds, ofRule, stays, gone, fresh, other, error, warning, text: colour("text"), muted: colour("muted"),
    accent: colour("accent"), folders: [colour("folder-1"), colour("folder-2"), colour("folder-3")],
    font: getComputedStyle(document.body).fontFamily };
}

// What is coloured how in the part that is shown.
function showLegend(colours) {
  const entries = [];
  if (state.view === "before") {
    entries.push(["stays", colours.stays], ["goes", colours.gone]);
  } else if (state.view === "gone") {
    for (const [rule, colour] of [...colours.ofRule].slice(0, 8)) entries.push([rule, colour]);
    if (report.rules.length > 8) entries.push(["other rules", colours.other]);
  } else {
    const seen = new Set(report.files.map((file) => report.kinds[file[KIND]]));
    for (const [kind, colour] of colours.kinds) if (seen.has(kind)) entries.push([kind, colour]);
    if (report.files.some(isNew)) entries.push(["new", colours.fresh]);
    if (!isRun && [...severities.values()].includes("error")) entries.push(["has an error", colours.error]);
    if (!isRun && [...severities.values()].includes("warning")) entries.push(["has a warning", colours.warning]);
    entries.push(["many small files", colours.other]);
  }
  $("legend").replaceChildren(...entries.map(([name, colour]) => {
    const swatch = element("i", { class: "swatch" });
    swatch.style.background = colour;
    return element("span", {}, swatch, name);
  }));
}

// ---- colours of the system, or the other ----

const THEMES = ["auto", "light", "dark"];
function setTheme(theme) {
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  $("theme").textContent = { auto: "◐ auto", light: "○ light", dark: "● dark" }[theme];
  $("theme").setAttribute("aria-label", "Colours: " + (theme === "auto" ? "as the system has them" : theme));
  $("theme").value = theme;
}
