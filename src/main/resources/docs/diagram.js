// Which tables are drawn: all of a small schema, or those around one.

/** More boxes than these can neither be looked at nor laid out while a person waits. */
const MOST_TABLES = 60;

class Diagram {
  constructor(tables) {
    this.tables = tables;
    this.links = readLinks(tables);
    this.drawn = [...tables.values()].filter((table) => !table.partition);
    this.around = document.getElementById("around");
    this.steps = document.getElementById("steps");
    this.section = document.getElementById("diagram");
    this.section.hidden = false;
    this.camera = new Camera(document.getElementById("drawing"));
    this.offer();
    this.around.addEventListener("change", () => this.update());
    this.steps.addEventListener("change", () => this.update());
    const button = (id, action) => document.getElementById(id).addEventListener("click", action);
    button("zoom-in", () => this.camera.zoom(1.25));
    button("zoom-out", () => this.camera.zoom(0.8));
    button("zoom-fit", () => this.camera.fit());
    this.update();
  }

  /** What can be chosen; at first all tables, or in a large schema the one with the most neighbours. */
  offer() {
    const all = this.drawn.length <= MOST_TABLES;
    if (all) {
      this.around.append(new Option("all", ""));
    }
    let first = null;
    for (const table of this.drawn) {
      this.around.append(new Option(`around ${table.name}`, table.id));
      this.button(table);
      if (first === null || table.neighbours.size > first.neighbours.size) {
        first = table;
      }
    }
    this.around.value = all ? "" : first.id;
  }

  button(table) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "show";
    button.textContent = "Show in the diagram";
    button.setAttribute("aria-label", `Show ${table.name} in the diagram`);
    button.addEventListener("click", () => {
      this.around.value = table.id;
      this.update();
      this.section.scrollIntoView();
      this.camera.frame.focus({ preventScroll: true });
    });
    table.section.querySelector("h3").after(button);
  }

  update() {
    const chosen = this.around.value;
    this.steps.disabled = chosen === "";
    const selection = chosen === ""
      ? { ids: this.drawn.map((table) => table.id), all: this.drawn.length }
      : around(this.tables, chosen, Number(this.steps.value), MOST_TABLES);
    const drawn = draw(this.tables, this.links, selection.ids, chosen);
    this.camera.show(drawn);
    const count = selection.ids.length < selection.all
      ? `${selection.ids.length} of ${selection.all} tables that near`
      : `${selection.all} of ${this.drawn.length} tables`;
    document.getElementById("drawn").textContent = `${count}, ${drawn.lines} ${drawn.lines === 1 ? "line" : "lines"}`;
  }
}
