// Puts figures, map, list and tables together. All text gets into the page as text, never as markup.
"use strict";

const $ = (id) => document.getElementById(id);
const isRun = report.kind === "run";
const state = { view: isRun ? "before" : "after", measure: "unpacked", way: "package", search: "" };
const map = new Treemap($("base"), $("overlay"));
let tree = null;
let current = null;
let hits = null;

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

// ---- colours ----

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

// ---- what one file, folder or remainder is ----

function describe(data) {
  if (data.rest) return [counted(data.count, "smaller file"), bytes(data[state.view])];
  const lines = [];
  const both = (before, after, what) => {
    if (!isRun || before === after) return bytes(after) + " " + what;
    return bytes(before) + " → " + bytes(after) + " " + what + "  " + change(before, after);
  };
  if (data.file < 0) {
    const name = pathOf(data).slice(1).map((node) => node.name).join("/") || "all";
    lines.push(name, both(data.before, data.after, state.measure === "packed" ? report.packed : "unpacked"));
    if (data.file === -1) lines.push(counted(data.files[state.view], "file"));
    if (hits !== null) lines.push(commas(data.hits) + " found, " + bytes(data.hitBytes));
    return lines;
  }
  const file = report.files[data.file];
  lines.push(file[PATH], both(file[UNPACKED], file[UNPACKED + 1], "unpacked"));
  if (report.packed && file[PACKED] !== null && file[PACKED + 1] !== null) lines.push(both(file[PACKED], file[PACKED + 1], report.packed));
  lines.push(report.kinds[file[KIND]] + ", of " + report.owners[file[OWNER]]);
  if (file[RULE] >= 0) lines.push(report.verbs[file[VERB]] + " by " + report.rules[file[RULE]] + ": " + report.texts[file[REASON]]);
  for (const hold of file[HOLDS] || []) lines.push("held: " + report.texts[hold]);
  for (const [severity, id, path, message] of report.findings) {
    if (path === file[PATH]) lines.push(severity + " " + id + ": " + message);
  }
  return lines;
}

const paragraphs = (lines) => [element("strong", {}, lines[0]), ...lines.slice(1).map((line) => element("span", {}, line))];

function showTip(data, event) {
  const tip = $("tip");
  tip.hidden = data === null;
  if (data === null) return;
  tip.replaceChildren(...paragraphs(describe(data)));
  const { width, height } = tip.getBoundingClientRect();
  const left = event.clientX + 16 + width > innerWidth - 8 ? event.clientX - width - 12 : event.clientX + 16;
  const top = event.clientY + 14 + height > innerHeight - 8 ? event.clientY - height - 12 : event.clientY + 14;
  tip.style.left = Math.max(8, left) + "px";
  tip.style.top = Math.max(8, top) + "px";
}

const showDetails = (data) => $("details").replaceChildren(...(data === null ? [] : paragraphs(describe(data))));

// ---- the map, its path and its list ----

function rebuild() {
  const names = current ? pathOf(current).slice(1).map((node) => node.name) : [];
  tree = buildTree(state.way, state.measure);
  current = tree;
  for (const name of names) {
    const next = current.children.find((child) => child.name === name && child.file === -1);
    if (!next) break;
    current = next;
  }
  refresh();
}

function refresh(from = null) {
  markHits(tree, hits, state.view);
  // What is found elsewhere is shown where it is.
  if (current.hits === 0 && tree.hits > 0) current = tree;
  const colours = palette();
  map.show(current, state.view, colours, hits !== null, from);
  const nothing = current[state.view] === 0;
  $("empty").hidden = !nothing;
  $("empty").textContent = nothing ? (state.view === "gone" ? "Nothing goes from here." : "Nothing is in here.") : "";
  showLegend(colours);
  showCrumbs();
  showList(colours);
  showDetails(null);
  showTip(null);
}

function zoomTo(node) {
  if (node === current) return;
  const from = current;
  current = node;
  refresh(from);
}

function zoomOut() {
  if (current.parent !== null) {
    const child = current;
    zoomTo(current.parent);
    select(map.rectangleOf(child));
  }
}

function select(rectangle) {
  map.selected = rectangle;
  map.outline();
  const data = rectangle === null ? null : rectangle.data;
  showDetails(data);
  for (const row of $("list").children) row.firstChild.classList.toggle("chosen", row.firstChild.node === data);
}

// A folder is entered, a file told about.
function open(data) {
  if (!data.rest && data.file === -1) zoomTo(data);
  else select(map.rectangleOf(data));
}

function showCrumbs() {
  const nodes = pathOf(current);
  const parts = [];
  nodes.forEach((node, at) => {
    const name = at === 0 ? report.name : node.name;
    if (at > 0) parts.push(element("span", { "aria-hidden": "true" }, "›"));
    parts.push(element("button", { type: "button", "aria-current": node === current ? "location" : null, onclick: () => zoomTo(node) }, name));
  });
  parts.push(element("span", {}, bytes(current[state.view]) + " in " + counted(current.files[state.view], "file")));
  $("crumbs").replaceChildren(...parts);
}

const MOST_ROWS = 250;

function foundLeaves(node, out) {
  if (node.hits === 0) return out;
  if (node.file >= 0) out.push(node);
  for (const child of node.children) foundLeaves(child, out);
  return out;
}

function row(node, colours, whole, folder) {
  const swatch = element("i", { class: "swatch" });
  if (node.file !== -1) swatch.style.background = colours.of(node);
  const share = element("i");
  share.style.width = whole > 0 ? (100 * node[state.view]) / whole + "%" : "0";
  const button = element("button", { type: "button", class: node.file === -1 ? "folder" : "file", title: folder + node.name, onclick: () => {
    if (node.file !== -1 && node.parent !== current) {
      zoomTo(node.parent);
      select(map.rectangleOf(node));
      showDetails(node);
    } else {
      open(node);
      if (node.file !== -1) showDetails(node);
    }
  } }, swatch, element("span", { class: "name" }, node.name, folder === "" ? "" : element("small", {}, folder)), element("span", { class: "size" }, bytes(node[state.view])),
  element("span", { class: "change" }, isRun && state.view !== "gone" ? change(node.before, node.after) : ""), element("span", { class: "share" }, share));
  button.node = node;
  return element("li", {}, button);
}

function showList(colours) {
  const searching = hits !== null;
  const nodes = (searching ? foundLeaves(current, []) : current.children.filter((child) => child[state.view] > 0))
    .sort((a, b) => b[state.view] - a[state.view]);
  const prefix = pathOf(current).length;
  const placeOf = (node) => (searching ? pathOf(node.parent).slice(prefix).map((each) => each.name + "/").join("") : "");
  $("list").replaceChildren(...nodes.slice(0, MOST_ROWS).map((node) => row(node, colours, current[state.view], placeOf(node))));
  const more = nodes.length > MOST_ROWS ? ", the largest " + MOST_ROWS + " of them" : "";
  $("listed").textContent = searching
    ? counted(current.hits, "file") + " found, " + bytes(current.hitBytes) + more
    : counted(nodes.length, "entry").replace("entrys", "entries") + ", largest first" + more;
}

// ---- figures and tables ----

function figure(label, before, after, limit) {
  const meter = element("i");
  const card = element("div", { class: "figure" }, element("div", { class: "label" }, label));
  const sizes = element("div", { class: "sizes" });
  if (before !== null) sizes.append(element("span", { class: "was" }, label === "files" ? commas(before) : bytes(before)), element("span", { class: "was" }, "→"));
  sizes.append(element("span", { class: "now" }, label === "files" ? commas(after) : bytes(after)));
  if (before !== null) {
    sizes.append(element("span", { class: after > before ? "change worse" : "change" }, change(before, after)));
    meter.style.width = (before > 0 ? Math.min(100, (100 * after) / before) : 100) + "%";
  } else if (limit) {
    sizes.append(element("span", { class: after > limit ? "change worse" : "change" }, ((100 * after) / limit).toFixed(1) + " % of " + bytes(limit)));
    meter.style.width = Math.min(100, (100 * after) / limit) + "%";
    meter.className = after > limit ? "over" : "";
  }
  card.append(sizes, element("div", { class: "meter" }, meter));
  return card;
}

function table(title, header, rows) {
  if (rows.length === 0) return [];
  const cell = (name, content, kind) => element(name, { class: kind }, content);
  const kinds = header.map(([, kind]) => kind);
  return [element("h2", {}, title), element("div", { class: "scroll" }, element("table", {},
    element("thead", {}, element("tr", {}, ...header.map(([name, kind]) => cell("th", name, kind)))),
    element("tbody", {}, ...rows.map((cells) => element("tr", {}, ...cells.map((content, at) => cell("td", content, kinds[at])))))))];
}

function goTo(path) {
  const leaves = [];
  const find = (node) => {
    if (node.file >= 0 && report.files[node.file][PATH] === path) leaves.push(node);
    node.children.forEach(find);
  };
  find(tree);
  if (leaves.length === 0) return;
  zoomTo(leaves[0].parent);
  select(map.rectangleOf(leaves[0]));
  showDetails(leaves[0]);
  $("map").scrollIntoView({ block: "center" });
}

const known = new Set(report.files.map((file) => file[PATH]));
const linkTo = (path) => (known.has(path) ? element("button", { type: "button", onclick: () => goTo(path) }, path) : path);
const difference = (before, after) => (after > before ? "+" + bytes(after - before) : after < before ? "−" + bytes(before - after) : "0 B");

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
    return [element("span", { class: "severity " + severity }, severity), id, files, message];
  });
  $("findings").append(...table(counted(report.findings.length, "finding") + (all.length > rows.length ? ", the gravest " + MOST_FINDINGS : ""),
    [["severity", ""], ["finding", ""], ["file", "path"], ["what and what to do", "message"]], rows));
  const header = [["rule", ""], ["files", "number"], ["unpacked", "number"]];
  if (report.written && report.packed) header.push([report.packed, "number"]);
  $("tables").append(...table("What each rule did", header, report.by_rule.map((rule) => {
    const cells = [rule.name, commas(rule.files), difference(rule.unpacked[0], rule.unpacked[1])];
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
    card.querySelector(".meter").replaceWith(element("div", { class: "was" }, [counted(count("error"), "error"), counted(count("warning"), "warning"), counted(count("note"), "note")].join(", ")));
    figures.push(card);
  }
  for (const { label, before, after, limit } of report.figures) figures.push(figure(label, before ?? null, after, limit ?? 0));
  $("figures").append(...figures);
  $("footer").append("slim " + report.slim + " · ", element("kbd", {}, "/"), " search · ", element("kbd", {}, "← ↑ → ↓"), " choose · ",
    element("kbd", {}, "Enter"), " zoom in · ", element("kbd", {}, "Esc"), " zoom out");
}

function choices(id, key, options) {
  if (options.length < 2) {
    $(id).hidden = true;
    return;
  }
  for (const [value, label] of options) {
    const input = element("input", { type: "radio", name: key, value, onchange: () => {
      state[key] = value;
      if (key === "view") refresh();
      else rebuild();
    } });
    input.checked = state[key] === value;
    $(id).append(element("label", { class: "choice" }, input, element("span", {}, label)));
  }
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

// ---- mouse and keys ----

function listen() {
  const overlay = $("overlay");
  const place = (event) => {
    const box = overlay.getBoundingClientRect();
    return map.at(event.clientX - box.left, event.clientY - box.top);
  };
  overlay.addEventListener("mousemove", (event) => {
    const { found } = place(event);
    if (found !== map.hovered) {
      map.hovered = found;
      map.outline();
    }
    showTip(found === null ? null : found.data, event);
  });
  overlay.addEventListener("mouseleave", () => {
    map.hovered = null;
    map.outline();
    showTip(null);
  });
  overlay.addEventListener("click", (event) => {
    const { found, first } = place(event);
    if (first === null) return;
    if (first.children) zoomTo(first.data);
    else select(found);
  });
  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  $("map").addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (ARROWS[event.key]) {
      const next = map.neighbour(...ARROWS[event.key]);
      if (next !== null) select(next);
    } else if ((event.key === "Enter" || event.key === " ") && map.selected !== null) {
      open(map.selected.data);
      if (map.selected === null && map.layout.children) select(map.layout.children[0]);
    } else if (event.key === "Escape" || event.key === "Backspace") {
      zoomOut();
    } else {
      return;
    }
    event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && event.target !== $("search") && !event.altKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      $("search").focus();
      $("search").select();
    }
  });
  $("search").addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      $("search").value = "";
      search("");
      $("map").focus();
    } else if (event.key === "Enter") {
      search($("search").value);
      const first = $("list").querySelector("button");
      if (first) first.focus();
    }
  });
  let timer = 0;
  $("search").addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => search($("search").value), 90);
  });
  $("theme").addEventListener("click", () => {
    setTheme(THEMES[(THEMES.indexOf($("theme").value) + 1) % THEMES.length]);
    refresh();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => refresh());
  let size = "";
  new ResizeObserver(() => {
    const now = $("map").clientWidth + "x" + $("map").clientHeight;
    if (size !== "" && now !== size) refresh();
    size = now;
  }).observe($("map"));
}

function search(text) {
  if (text === state.search) return;
  state.search = text;
  hits = findFiles(text);
  refresh();
}

setTheme("auto");
showHead();
showTables();
choices("views", "view", isRun ? [["before", "before"], ["after", "after"], ["gone", "what goes"]] : []);
choices("measures", "measure", report.packed ? [["unpacked", "unpacked"], ["packed", report.packed]] : []);
choices("ways", "way", [["package", "package"], ["folder", "folder"], ...(isRun ? [["rule", "rule"]] : []), ["kind", "kind"]]);
listen();
rebuild();
