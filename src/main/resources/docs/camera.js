// Which part of the picture is seen: buttons, keys, wheel and pointer change it.

class Camera {
  constructor(frame) {
    this.frame = frame;
    this.picture = null;
    frame.addEventListener("keydown", (event) => this.key(event));
    frame.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    frame.addEventListener("focusin", (event) => this.reveal(event.target));
    this.dragging();
    window.addEventListener("beforeprint", () => this.whole(() => this.fit()));
    window.addEventListener("afterprint", () => this.look(this.before));
  }

  /** A new picture, seen whole. */
  show(drawn) {
    this.picture = drawn.picture;
    this.size = { width: drawn.width, height: drawn.height };
    this.frame.replaceChildren(drawn.picture);
    this.fit();
  }

  /** All of it; a small picture is not made larger than its text. */
  fit() {
    const width = Math.max(this.size.width, this.frame.clientWidth);
    const height = Math.max(this.size.height, this.frame.clientHeight);
    this.look({
      x: (this.size.width - width) / 2,
      y: (this.size.height - height) / 2,
      width,
      height,
    });
  }

  whole(action) {
    this.before = this.view;
    action();
  }

  look(view) {
    this.view = view;
    this.picture.setAttribute("viewBox", `${view.x} ${view.y} ${view.width} ${view.height}`);
  }

  /** Around a point of the picture, or its middle. */
  zoom(factor, at) {
    const { x, y, width, height } = this.view;
    const most = 4 * Math.max(this.size.width, this.size.height, this.frame.clientWidth);
    const newWidth = Math.min(most, Math.max(100, width / factor));
    const scale = newWidth / width;
    const point = at ?? { x: x + width / 2, y: y + height / 2 };
    this.look({
      x: point.x - (point.x - x) * scale,
      y: point.y - (point.y - y) * scale,
      width: newWidth,
      height: height * scale,
    });
  }

  move(x, y) {
    this.look({ ...this.view, x: this.view.x + x, y: this.view.y + y });
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const step = this.view.width / 10;
    const actions = {
      "+": () => this.zoom(1.25),
      "=": () => this.zoom(1.25),
      "-": () => this.zoom(0.8),
      0: () => this.fit(),
      ArrowLeft: () => this.move(-step, 0),
      ArrowRight: () => this.move(step, 0),
      ArrowUp: () => this.move(0, -step),
      ArrowDown: () => this.move(0, step),
    };
    if (Object.hasOwn(actions, event.key)) {
      event.preventDefault();
      actions[event.key]();
    }
  }

  /** The wheel alone scrolls the page. */
  wheel(event) {
    if (event.ctrlKey) {
      event.preventDefault();
      this.zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15, this.point(event));
    }
  }

  point(event) {
    const place = new DOMPoint(event.clientX, event.clientY);
    return place.matrixTransform(this.picture.getScreenCTM().inverse());
  }

  /** A table that gets the focus by a key is brought into sight. */
  reveal(target) {
    const link = target.closest("a.table");
    if (link === null || !link.matches(":focus-visible")) {
      return;
    }
    const box = link.getBBox();
    const { x, y, width, height } = this.view;
    if (box.x < x || box.y < y || box.x + box.width > x + width || box.y + box.height > y + height) {
      this.look({
        ...this.view,
        x: box.x + box.width / 2 - width / 2,
        y: box.y + box.height / 2 - height / 2,
      });
    }
  }

  dragging() {
    let last = null;
    let moved = false;
    this.frame.addEventListener("pointerdown", (event) => {
      last = event.button === 0 ? event : null;
      moved = false;
    });
    this.frame.addEventListener("pointermove", (event) => {
      if (last === null || event.buttons === 0) {
        last = null;
        return;
      }
      if (!moved && Math.hypot(event.clientX - last.clientX, event.clientY - last.clientY) < 4) {
        return;
      }
      if (!moved) {
        this.frame.setPointerCapture(event.pointerId);
        moved = true;
      }
      const from = this.point(last);
      const to = this.point(event);
      this.move(from.x - to.x, from.y - to.y);
      last = event;
    });
    this.frame.addEventListener("pointerup", () => {
      last = null;
    });
    this.frame.addEventListener("dragstart", (event) => event.preventDefault());
    this.frame.addEventListener("click", (event) => {
      if (moved) {
        event.preventDefault();
      }
    }, true);
  }
}
