// What the page says of its tables, read back from their sections.

/** By the id of the section. Columns are read when a table is drawn: a page may have thousands of tables. */
function readTables() {
  const tables = new Map();
  for (const section of document.querySelectorAll("section[data-table]")) {
    tables.set(section.id, {
      id: section.id,
      name: section.dataset.table,
      section,
      partition: "partition" in section.dataset,
      neighbours: new Set(),
    });
  }
  return tables;
}

/** Foreign keys and inheritance between tables that are drawn; partitions are told in their sections alone. */
function readLinks(tables) {
  const links = [];
  for (const table of tables.values()) {
    if (table.partition) {
      continue;
    }
    for (const element of table.section.querySelectorAll("[data-to], [data-inherits]")) {
      const inherits = "inherits" in element.dataset;
      const to = tables.get(inherits ? element.dataset.inherits : element.dataset.to);
      if (to === undefined || to.partition) {
        continue;
      }
      links.push({
        from: table.id,
        to: to.id,
        inherits,
        optional: "optional" in element.dataset,
        unique: "unique" in element.dataset,
        title: inherits
          ? `${table.name} inherits from ${to.name}`
          : `${table.name} (${element.dataset.columns}) refers to ${to.name}`,
      });
      table.neighbours.add(to.id);
      to.neighbours.add(table.id);
    }
  }
  return links;
}

/** Names, types and marks of the columns, keys first if there are more than fit. */
function readColumns(table, most) {
  const rows = [...table.section.querySelector("table").tBodies[0].rows].map((row) => ({
    name: row.cells[0].textContent,
    type: row.cells[1].textContent,
    keys: row.cells[4].textContent,
  }));
  if (rows.length <= most) {
    return { rows, more: 0 };
  }
  const keys = rows.filter((row) => row.keys !== "").slice(0, most);
  const shown = new Set([...keys, ...rows.filter((row) => row.keys === "").slice(0, most - keys.length)]);
  return { rows: rows.filter((row) => shown.has(row)), more: rows.length - shown.size };
}

/** The tables within so many steps of one, nearest first, and no more than can be looked at. */
function around(tables, start, steps, most) {
  const found = new Set([start]);
  let next = [start];
  for (let step = 0; step < steps; step++) {
    next = next.flatMap((id) => [...tables.get(id).neighbours]).filter((id) => !found.has(id));
    next.forEach((id) => found.add(id));
  }
  return { ids: [...found].slice(0, most), all: found.size };
}
