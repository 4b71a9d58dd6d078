// The treemap. Only what takes some pixels is laid out and drawn: what is smaller is one rectangle for all of its
// folder, so that a package of any number of files costs the same. A second canvas above it has the outline that
// follows the mouse and the keys.
"use strict";

const LEAST_AREA = 24;  // square pixels
const HEADER = 18;

class Treemap {
  constructor(base, overlay) {
    this.base = base;
    this.overlay = overlay;
    this.layout = null;
    this.selected = null;
    this.hovered = null;
  }

  // What to draw: the node in whole, by "before", "after" or "gone"; colours from the page.
  show(node, view, palette, searching, from = null) {
    const width = this.base.clientWidth;
    const height = this.base.clientHeight;
    const ratio = window.devicePixelRatio || 1;
    const old = this.snapshot(from);
    for (const canvas of [this.base, this.overlay]) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
      canvas.getContext("2d").setTransform(ratio, 0, 0, ratio, 0, 0);
    }
    this.view = view;
    this.palette = palette;
    this.searching = searching;
    this.layout = this.arrange(node, width, height);
    this.selected = this.hovered = null;
    this.draw();
    if (old !== null && node !== old.node) this.glide(old, node);
  }

  arrange(node, width, height) {
    const { view } = this;
    const perByte = node[view] > 0 ? (width * height) / node[view] : 0;
    const childrenOf = (data) => {
      if (data.rest || data.file !== -1) return null;
      const large = [];
      const rest = { rest: true, count: 0, before: 0, after: 0, gone: 0, hits: 0 };
      for (const child of data.children) {
        if (child[view] * perByte >= LEAST_AREA) {
          large.push(child);
        } else {
          rest.count += child.files[view];
          for (const key of [...VIEWS, "hits"]) rest[key] += child[key];
        }
      }
      large.sort((a, b) => b[view] - a[view]);
      if (rest[view] * perByte >= 1) large.push(rest);
      return large;
    };
    const root = d3.hierarchy(node, childrenOf).each((each) => { each.value = each.data[view]; });
    const roomy = (each) => each.x1 - each.x0 > 56 && each.y1 - each.y0 > 44;
    d3.treemap().size([width, height]).round(true)
      .paddingInner(1)
      .paddingTop((each) => (each.depth === 0 ? 0 : roomy(each) ? HEADER : 1))
      .paddingRight((each) => (each.depth === 0 ? 0 : roomy(each) ? 2 : 1))
      .paddingBottom((each) => (each.depth === 0 ? 0 : roomy(each) ? 2 : 1))
      .paddingLeft((each) => (each.depth === 0 ? 0 : roomy(each) ? 2 : 1))(root);
    root.each((each) => { each.headed = each.depth > 0 && each.children && roomy(each); });
    return root;
  }

  draw() {
    const context = this.base.getContext("2d");
    context.clearRect(0, 0, this.base.clientWidth, this.base.clientHeight);
    context.textBaseline = "middle";
    this.layout.eachBefore((node) => {
      if (node.depth === 0 && node.children) return;
      const width = node.x1 - node.x0;
      const height = node.y1 - node.y0;
      if (width <= 0 || height <= 0) return;
      if (node.children) this.drawFolder(context, node, width);
      else this.drawLeaf(context, node, width, height);
    });
  }

  drawFolder(context, node, width) {
    const { palette } = this;
    context.fillStyle = palette.folders[Math.min(node.depth, palette.folders.length) - 1];
    context.fillRect(node.x0, node.y0, width, node.y1 - node.y0);
    if (!node.headed) return;
    context.globalAlpha = this.searching && node.data.hits === 0 ? 0.4 : 1;
    context.font = "600 11.5px " + palette.font;
    context.fillStyle = palette.text;
    const size = bytes(node.data[this.view]);
    const name = fitted(context, node.data.name, width - 10);
    context.fillText(name, node.x0 + 5, node.y0 + HEADER / 2 + 1);
    const used = context.measureText(name).width;
    context.font = "11.5px " + palette.font;
    if (used + context.measureText(size).width + 22 < width) {
      context.fillStyle = palette.muted;
      context.fillText(size, node.x0 + used + 12, node.y0 + HEADER / 2 + 1);
    }
    context.globalAlpha = 1;
  }

  // Before: the part of a rectangle that goes is coloured so. Areas are bytes throughout.
  drawLeaf(context, node, width, height) {
    const { palette, view } = this;
    const { data } = node;
    context.globalAlpha = this.searching && data.hits === 0 ? 0.16 : 1;
    const colour = palette.of(data);
    context.fillStyle = colour;
    context.fillRect(node.x0, node.y0, width, height);
    let label = colour;
    if (view === "before" && data.gone > 0) {
      const part = Math.min(1, data.gone / data.before);
      context.fillStyle = palette.gone;
      if (width >= height) context.fillRect(node.x1 - width * part, node.y0, width * part, height);
      else context.fillRect(node.x0, node.y1 - height * part, width, height * part);
      if (part > 0.5) label = palette.gone;
    }
    if (width > 34 && height > 15) {
      context.fillStyle = inkOn(label);
      context.font = "11px " + palette.font;
      const name = data.rest ? commas(data.count) + " smaller" : data.name;
      const lines = height > 32 ? 2 : 1;
      context.fillText(fitted(context, name, width - 8), node.x0 + 4, node.y0 + (lines === 2 ? 10 : height / 2 + 1));
      // A number is whole or not there.
      const size = bytes(data[view]);
      if (lines === 2 && context.measureText(size).width <= width - 6) context.fillText(size, node.x0 + 4, node.y0 + 24);
    }
    context.globalAlpha = 1;
  }

  // The deepest rectangle at a point, and the one of the first level that it lies in.
  at(x, y) {
    let found = null;
    let first = null;
    let children = this.layout && this.layout.children;
    while (children) {
      const inside = children.find((each) => x >= each.x0 && x < each.x1 && y >= each.y0 && y < each.y1);
      if (!inside) break;
      first = first || inside;
      found = inside;
      children = inside.children;
    }
    return { found, first };
  }

  rectangleOf(data) {
    return this.layout && this.layout.children ? this.layout.children.find((each) => each.data === data) || null : null;
  }

  // The neighbour of the selected rectangle in a direction: the nearest whose middle lies there.
  neighbour(dx, dy) {
    const all = (this.layout.children || []).filter((each) => each.x1 > each.x0 && each.y1 > each.y0);
    if (this.selected === null) return all[0] || null;
    const middle = (each) => [(each.x0 + each.x1) / 2, (each.y0 + each.y1) / 2];
    const [fromX, fromY] = middle(this.selected);
    let best = null;
    let least = Infinity;
    for (const each of all) {
      const [x, y] = middle(each);
      const along = (x - fromX) * dx + (y - fromY) * dy;
      if (each === this.selected || along <= 0.5) continue;
      const across = Math.abs((x - fromX) * dy) + Math.abs((y - fromY) * dx);
      if (along + 2 * across < least) [best, least] = [each, along + 2 * across];
    }
    return best;
  }

  outline() {
    const context = this.overlay.getContext("2d");
    context.clearRect(0, 0, this.overlay.clientWidth, this.overlay.clientHeight);
    for (const [node, colour, line] of [[this.hovered, this.palette.text, 1.5], [this.selected, this.palette.accent, 3]]) {
      if (node === null) continue;
      context.strokeStyle = colour;
      context.lineWidth = line;
      context.strokeRect(node.x0 + line / 2, node.y0 + line / 2, node.x1 - node.x0 - line, node.y1 - node.y0 - line);
    }
  }

  snapshot(from) {
    if (from === null || this.layout === null || matchMedia("(prefers-reduced-motion: reduce)").matches) return null;
    const image = document.createElement("canvas");
    image.width = this.base.width;
    image.height = this.base.height;
    if (image.width === 0 || image.height === 0) return null;
    image.getContext("2d").drawImage(this.base, 0, 0);
    return { image, node: from, layout: this.layout };
  }

  // From the old picture to the new one, as two images: the same cost for any number of rectangles.
  glide(old, node) {
    const width = this.base.clientWidth;
    const height = this.base.clientHeight;
    const image = document.createElement("canvas");
    image.width = this.base.width;
    image.height = this.base.height;
    image.getContext("2d").drawImage(this.base, 0, 0);
    const full = { x0: 0, y0: 0, x1: width, y1: height };
    const inner = (layout, data) => layout.descendants().find((each) => each.data === data) || null;
    const inside = inner(old.layout, node);
    const hole = inside || inner(this.layout, old.node);
    if (hole === null) return;
    const context = this.base.getContext("2d");
    const start = performance.now();
    const token = (this.token = {});
    const step = (now) => {
      if (this.token !== token) return;
      const time = Math.min(1, Math.max(0, (now - start) / 240));
      const eased = 1 - (1 - time) ** 3;
      context.clearRect(0, 0, width, height);
      // The rectangle that both pictures share, on its way.
      const from = inside ? hole : full;
      const to = inside ? full : hole;
      const at = {};
      for (const key of ["x0", "y0", "x1", "y1"]) at[key] = from[key] + (to[key] - from[key]) * eased;
      const outer = (picture) => {
        const scaleX = (at.x1 - at.x0) / (hole.x1 - hole.x0);
        const scaleY = (at.y1 - at.y0) / (hole.y1 - hole.y0);
        context.drawImage(picture, at.x0 - hole.x0 * scaleX, at.y0 - hole.y0 * scaleY, width * scaleX, height * scaleY);
      };
      const within = (picture) => context.drawImage(picture, at.x0, at.y0, at.x1 - at.x0, at.y1 - at.y0);
      outer(inside ? old.image : image);
      context.globalAlpha = inside ? eased : 1 - eased;
      within(inside ? image : old.image);
      context.globalAlpha = 1;
      if (time < 1) requestAnimationFrame(step);
      else this.draw();
    };
    requestAnimationFrame(step);
  }
}

// A name with its middle left out where it doesn't fit.
function fitted(context, text, width) {
  if (text.length * 12 < width || context.measureText(text).width <= width) return text;
  let low = 0;
  let high = Math.min(text.length, Math.ceil(width / 3));
  const cut = (count) => text.slice(0, Math.ceil(count / 2)) + "…" + text.slice(text.length - Math.floor(count / 2));
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (context.measureText(cut(middle)).width <= width) low = middle;
    else high = middle - 1;
  }
  return low < 3 ? "" : cut(low);
}

// Black or white, whichever is easier to read on a colour "#rrggbb".
const inks = new Map();
function inkOn(colour) {
  let ink = inks.get(colour);
  if (ink === undefined) {
    const light = [1, 3, 5].map((at) => {
      const value = parseInt(colour.slice(at, at + 2), 16) / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    const luminance = 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2];
    ink = 1.05 / (luminance + 0.05) > (luminance + 0.05) / 0.055 ? "#ffffff" : "#15181c";
    inks.set(colour, ink);
  }
  return ink;
}
