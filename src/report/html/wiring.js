// Puts map, path and list together, and listens to mouse and keys.
"use strict";

// ---- what one file, folder or remainder is ----

function describe(data) {
  if (data.rest) return [counted(data.count, "smaller file"), bytes(data[state.view])];
  const lines = [];
  const both = (before, after, what) => {
    if (!isRun || before === after) return bytes(after) + " " + what;
    return bytes(before) + " → " + bytes(after) + " " + what + "  " + change(before, after);
  };
  if (data.file < 0) {
    lines.push(nameOf(data), both(data.before, data.after, state.measure === "packed" ? report.packed : "unpacked"));
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

const HINT = "Choose a rectangle: what it is, and why it " + (isRun ? "goes or stays" : "is coloured so") + ", is told here.";
const showDetails = (data) => $("details").replaceChildren(...(data === null ? [element("span", {}, HINT)] : paragraphs(describe(data))));

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
  const button = element("button", { type: "button", class: node.isGroup ? "group" : node.file === -1 ? "folder" : "file", title: folder + node.name, onclick: () => {
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
