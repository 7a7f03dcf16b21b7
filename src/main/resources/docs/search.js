// Search in names, columns, comments and all else that the section of an object says.

class Search {
  constructor() {
    this.input = document.getElementById("search");
    this.found = document.getElementById("found");
    this.contents = document.getElementById("contents");
    this.entries = null;
    document.getElementById("searching").hidden = false;
    this.input.addEventListener("input", () => this.update());
    this.input.addEventListener("keydown", (event) => this.leave(event));
    this.contents.addEventListener("keydown", (event) => this.walk(event));
    document.addEventListener("keydown", (event) => this.enter(event));
  }

  read() {
    return [...this.contents.querySelectorAll("li")].map((item, place) => {
      const link = item.querySelector("a");
      const section = document.getElementById(idOf(link));
      const columns = section.matches("[data-table]")
        ? [...section.querySelectorAll("tbody th")].map((cell) => cell.textContent)
        : [];
      return { item, place, name: link.textContent, columns, text: section.textContent.toLowerCase() };
    });
  }

  update() {
    this.entries ??= this.read();
    const wanted = this.input.value.trim().toLowerCase();
    let count = 0;
    for (const entry of this.entries) {
      const inName = entry.name.toLowerCase().includes(wanted);
      const column = inName ? undefined : entry.columns.find((name) => name.toLowerCase().includes(wanted));
      const matches = inName || column !== undefined || entry.text.includes(wanted);
      entry.rank = inName ? 0 : column === undefined ? 2 : 1;
      entry.item.hidden = !matches;
      entry.item.querySelector("small")?.remove();
      if (matches && !inName) {
        const hint = document.createElement("small");
        hint.textContent = column === undefined ? "in its section" : `column ${column}`;
        entry.item.append(hint);
      }
      count += matches ? 1 : 0;
    }
    this.sort();
    for (const list of this.contents.querySelectorAll("ul")) {
      const empty = list.querySelector("li:not([hidden])") === null;
      list.hidden = empty;
      list.previousElementSibling.hidden = empty;
    }
    this.found.textContent = wanted === "" ? "" : `${count} of ${this.entries.length}`;
  }

  /** Names first, then columns, then all else; within each as the page has them. */
  sort() {
    this.entries
      .slice()
      .sort((a, b) => a.rank - b.rank || a.place - b.place)
      .forEach((entry) => entry.item.parentElement.append(entry.item));
  }

  links() {
    return [...this.contents.querySelectorAll("li:not([hidden]) a")];
  }

  leave(event) {
    if (event.key === "ArrowDown") {
      event.preventDefault();
      this.links()[0]?.focus();
    } else if (event.key === "Enter") {
      this.links()[0]?.click();
    } else if (event.key === "Escape") {
      this.input.value = "";
      this.update();
    }
  }

  walk(event) {
    const links = this.links();
    const at = links.indexOf(document.activeElement);
    if (event.key === "Escape" || (event.key === "ArrowUp" && at === 0)) {
      event.preventDefault();
      this.input.focus();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      links[at + (event.key === "ArrowDown" ? 1 : -1)]?.focus();
    }
  }

  enter(event) {
    if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.target.matches("input, select")) {
      event.preventDefault();
      this.input.focus();
      this.input.select();
    }
  }
}
