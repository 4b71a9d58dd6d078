// The package as a tree of sizes: what the map draws and the list shows.
"use strict";

const report = JSON.parse(document.getElementById("report").textContent);

// The columns of a row of report.files; report/html_page.cc writes them.
const PATH = 0, OWNER = 1, KIND = 2, VERB = 3, RULE = 4, REASON = 5, UNPACKED = 6, PACKED = 8, HOLDS = 10;

// What the paths of all files of a package have in common, such as "python/" or "bin/": of each owner. In the map it
// would be a step that leads nowhere else.
const commonFolders = (() => {
  const common = new Map();
  for (const file of report.files) {
    const folder = file[PATH].slice(0, file[PATH].lastIndexOf("/") + 1);
    const known = common.get(file[OWNER]);
    if (known === undefined) common.set(file[OWNER], folder);
    else if (!folder.startsWith(known)) {
      let end = 0;
      for (let at = 0; at < known.length && at < folder.length && known[at] === folder[at]; ++at) if (known[at] === "/") end = at + 1;
      common.set(file[OWNER], known.slice(0, end));
    }
  }
  return common;
})();

const WAYS = {
  package: (file) => [report.owners[file[OWNER]], file[PATH].slice(commonFolders.get(file[OWNER]).length)],
  folder: (file) => [null, file[PATH]],
  rule: (file) => [file[RULE] < 0 ? "untouched" : report.rules[file[RULE]], file[PATH]],
  kind: (file) => [report.kinds[file[KIND]], file[PATH]],
};

function makeNode(name, parent) {
  return { name, parent, folders: null, children: [], file: -1, before: 0, after: 0, gone: 0, files: { before: 0, after: 0, gone: 0 }, hits: 0, hitBytes: 0 };
}

function folderOf(node, name) {
  if (node.folders === null) node.folders = new Map();
  let child = node.folders.get(name);
  if (child === undefined) {
    child = makeNode(name, node);
    node.folders.set(name, child);
    node.children.push(child);
  }
  return child;
}

// A folder with nothing but one folder in it is one step, not two.
function joinChains(node) {
  for (let i = 0; i < node.children.length; ++i) {
    let child = node.children[i];
    while (child.children.length === 1 && child.children[0].file < 0) {
      const only = child.children[0];
      only.name = child.name + "/" + only.name;
      only.parent = node;
      child = only;
    }
    node.children[i] = child;
    child.folders = null;
    joinChains(child);
  }
}

function buildTree(way, measure) {
  const root = makeNode("all", null);
  const groups = new Set();
  report.files.forEach((file, index) => {
    const [group, path] = WAYS[way](file);
    let node = group === null ? root : folderOf(root, group);
    if (group !== null) groups.add(node);
    const parts = path.split("/");
    for (let i = 0; i + 1 < parts.length; ++i) node = folderOf(node, parts[i]);
    const leaf = makeNode(parts[parts.length - 1], node);
    leaf.file = index;
    node.children.push(leaf);
  });
  // A group is no folder: its name is not part of a path.
  if (groups.size === 0) joinChains(root);
  for (const each of groups) {
    each.isGroup = true;
    each.folders = null;
    joinChains(each);
  }
  root.folders = null;
  if (measure === "packed" && report.overhead) {
    const leaf = makeNode(report.overhead.name, root);
    leaf.file = -2;
    root.children.push(leaf);
  }
  addUp(root, measure);
  return root;
}

function sizesOf(node, measure) {
  if (node.file === -2) return [report.overhead.before, report.overhead.after];
  const column = measure === "packed" ? PACKED : UNPACKED;
  const file = report.files[node.file];
  return [file[column], file[column + 1]];
}

// A file that the input does not have: a rule has made it.
const isNew = (file) => file[RULE] >= 0 && report.verbs[file[VERB]] === "keep";

const VIEWS = ["before", "after", "gone"];

function addUp(node, measure) {
  if (node.file !== -1) {
    [node.before, node.after] = sizesOf(node, measure);
    node.gone = Math.max(0, node.before - node.after);
    if (node.file < 0) return;
    const file = report.files[node.file];
    node.files = { before: isNew(file) ? 0 : 1, after: report.verbs[file[VERB]] === "drop" ? 0 : 1, gone: node.gone > 0 ? 1 : 0 };
    return;
  }
  node.before = node.after = node.gone = 0;
  node.files = { before: 0, after: 0, gone: 0 };
  for (const child of node.children) {
    addUp(child, measure);
    for (const view of VIEWS) {
      node[view] += child[view];
      node.files[view] += child.files[view];
    }
  }
}

// Marks what a search finds: in each node how many files, and how many bytes of what is shown.
function markHits(node, hits, view) {
  if (node.file !== -1) {
    node.hits = node.file >= 0 && hits !== null ? hits[node.file] : 0;
    node.hitBytes = node.hits ? node[view] : 0;
    return;
  }
  node.hits = node.hitBytes = 0;
  for (const child of node.children) {
    markHits(child, hits, view);
    node.hits += child.hits;
    node.hitBytes += child.hitBytes;
  }
}

const lowered = report.files.map((file) => file[PATH].toLowerCase());

// Words that all have to be in the path; null when nothing is looked for.
function findFiles(text) {
  const words = text.toLowerCase().split(/\s+/).filter((word) => word !== "");
  if (words.length === 0) return null;
  const hits = new Uint8Array(lowered.length);
  lowered.forEach((path, index) => {
    if (words.every((word) => path.includes(word))) hits[index] = 1;
  });
  return hits;
}

function pathOf(node) {
  const nodes = [];
  for (let at = node; at !== null; at = at.parent) nodes.unshift(at);
  return nodes;
}

// "numpy › numpy/linalg": the group, and the folder in it.
function nameOf(node) {
  const nodes = pathOf(node).slice(1);
  const group = nodes.length > 0 && nodes[0].isGroup ? nodes.shift().name : "";
  return [group, nodes.map((each) => each.name).join("/")].filter((name) => name !== "").join(" › ") || "all";
}

// As slim prints them elsewhere: 847 B, 1.2 kB, 76.98 MB.
function bytes(count) {
  if (count < 1000) return count + " B";
  if (count < 1e6) return (count / 1e3).toFixed(1) + " kB";
  if (count < 1e9) return (count / 1e6).toFixed(2) + " MB";
  return (count / 1e9).toFixed(2) + " GB";
}

const commas = (count) => String(count).replace(/\B(?=(\d{3})+$)/g, ",");
const counted = (count, word) => commas(count) + " " + word + (count === 1 ? "" : "s");

const difference = (before, after) => (after > before ? "+" + bytes(after - before) : after < before ? "−" + bytes(before - after) : "0 B");

function change(before, after) {
  if (before === after) return before === 0 ? "" : "same";
  if (before === 0) return "new";
  const percent = (100 * (after - before)) / before;
  if (Math.abs(percent) < 0.05) return difference(before, after);
  return (percent > 0 ? "+" : percent < 0 ? "−" : "") + Math.abs(percent).toFixed(1) + " %";
}
