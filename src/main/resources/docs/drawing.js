// Tables and the lines between them as SVG. dagre says where they are.

const SVG = "http://www.w3.org/2000/svg";
const ROW = 19;
const PADDING = 9;
const MOST_COLUMNS = 12;

function svg(name, attributes, parent, text) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) {
    element.setAttribute(key, value);
  }
  if (text !== undefined) {
    element.textContent = text;
  }
  if (parent) {
    parent.append(element);
  }
  return element;
}

const measure = (() => {
  const context = document.createElement("canvas").getContext("2d");
  return (text, bold) => {
    context.font = `${bold ? "600 " : ""}13px system-ui, sans-serif`;
    return context.measureText(text).width;
  };
})();

function shortened(text, most) {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

/** How large the box of a table is, and what stands in it. */
function box(table) {
  const { rows, more } = readColumns(table, MOST_COLUMNS);
  const lines = rows.map((row) => ({
    name: shortened(row.name, 40),
    type: shortened(row.type, 30),
    keys: row.keys,
  }));
  const title = shortened(table.name, 60);
  const keys = Math.max(0, ...lines.map((line) => measure(line.keys, false)));
  const names = Math.max(0, ...lines.map((line) => measure(line.name, false)));
  const types = Math.max(0, ...lines.map((line) => measure(line.type, false)));
  const width = Math.max(measure(title, true), keys + names + types + 2 * PADDING) + 2 * PADDING;
  const height = ROW * (lines.length + 1 + (more ? 1 : 0)) + PADDING;
  return { title, lines, more, keys, names, width: Math.ceil(width), height };
}

function drawBox(table, place, content, chosen, parent) {
  const left = place.x - place.width / 2;
  const top = place.y - place.height / 2;
  const link = svg("a", { href: `#${table.id}`, class: chosen ? "table chosen" : "table", "aria-label": table.name }, parent);
  link.dataset.id = table.id;
  svg("rect", { class: "box", x: left, y: top, width: place.width, height: place.height }, link);
  svg("rect", { class: "title", x: left, y: top, width: place.width, height: ROW + 4 }, link);
  svg("text", { class: "name", x: left + PADDING, y: top + ROW - 3 }, link, content.title);
  content.lines.forEach((line, index) => {
    const y = top + ROW * (index + 2);
    svg("text", { class: "quiet", x: left + PADDING, y }, link, line.keys);
    svg("text", { x: left + 2 * PADDING + content.keys, y }, link, line.name);
    svg("text", { class: "quiet", x: left + 3 * PADDING + content.keys + content.names, y }, link, line.type);
  });
  if (content.more) {
    const y = top + ROW * (content.lines.length + 2);
    svg("text", { class: "quiet", x: left + PADDING, y }, link, `… ${content.more} more`);
  }
}

/** Crow's feet: what stands at the ends of the lines. */
function drawMarks(parent) {
  const definitions = svg("defs", {}, parent);
  const mark = (id, path, ring) => {
    const marker = svg("marker", {
      id,
      viewBox: "0 0 24 16",
      markerWidth: 24,
      markerHeight: 16,
      refX: 24,
      refY: 8,
      markerUnits: "userSpaceOnUse",
      orient: "auto-start-reverse",
    }, definitions);
    svg("path", { class: "mark", d: path }, marker);
    if (ring) {
      svg("circle", { class: "mark ring", cx: ring, cy: 8, r: 4 }, marker);
    }
  };
  mark("many", "M12 8 L24 1 M12 8 L24 8 M12 8 L24 15", 8);
  mark("one", "M15 2 V14 M20 2 V14", 0);
  mark("none-or-one", "M20 2 V14", 12);
}

function path(points) {
  const middle = (a, b) => `${(a.x + b.x) / 2} ${(a.y + b.y) / 2}`;
  const last = points[points.length - 1];
  let d = `M${points[0].x} ${points[0].y}`;
  for (let i = 1; i < points.length - 1; i++) {
    const end = i === points.length - 2 ? `${last.x} ${last.y}` : middle(points[i], points[i + 1]);
    d += ` Q${points[i].x} ${points[i].y} ${end}`;
  }
  return points.length < 3 ? `${d} L${last.x} ${last.y}` : d;
}

/** The picture of some tables; its size is in its data. */
function draw(tables, links, ids, chosen) {
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: "RL", nodesep: 30, ranksep: 70, edgesep: 20, marginx: 20, marginy: 20 });
  const contents = new Map(ids.map((id) => [id, box(tables.get(id))]));
  contents.forEach((content, id) => graph.setNode(id, { width: content.width, height: content.height }));
  const shown = links.filter((link) => contents.has(link.from) && contents.has(link.to));
  shown.forEach((link, index) => graph.setEdge(link.from, link.to, {}, `${index}`));
  dagre.layout(graph);
  const { width, height } = graph.graph();
  const picture = svg("svg", { role: "group", "aria-label": "Entity relationship diagram" });
  drawMarks(picture);
  shown.forEach((link, index) => {
    const line = svg("path", {
      class: link.inherits ? "edge inherits" : "edge",
      d: path(graph.edge(link.from, link.to, `${index}`).points),
    }, picture);
    if (!link.inherits) {
      line.setAttribute("marker-start", `url(#${link.unique ? "none-or-one" : "many"})`);
      line.setAttribute("marker-end", `url(#${link.optional ? "none-or-one" : "one"})`);
    }
    svg("title", {}, line, link.title);
  });
  contents.forEach((content, id) => drawBox(tables.get(id), graph.node(id), content, id === chosen, picture));
  return { picture, width, height, lines: shown.length };
}
