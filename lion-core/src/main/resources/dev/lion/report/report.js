
"use strict";
// Narrows lists and sorts tables. Nothing here writes markup, and no text becomes anything but text.
(function () {
  function all(root, selector) {
    return Array.from(root.querySelectorAll(selector));
  }

  function fold(text) {
    return text.normalize("NFC").toLowerCase().replace(/\s+/g, " ").trim();
  }

  function narrow(list) {
    const bar = list.querySelector(".controls");
    const count = bar.querySelector(".count");
    const controls = all(bar, "[data-by]");
    const texts = new Map();

    function text(item) {
      if (!texts.has(item)) {
        texts.set(item, fold(item.textContent));
      }
      return texts.get(item);
    }

    function fits(item, control) {
      const wanted = control.value;
      if (wanted === "") {
        return true;
      }
      if (control.dataset.by === "text") {
        return fold(wanted).split(" ").every((word) => text(item).includes(word));
      }
      const found = item.getAttribute("data-" + control.dataset.by);
      return control.dataset.how === "least" ? Number(found) >= Number(wanted) : found === wanted;
    }

    function update() {
      const items = all(list, "[data-item]");
      let shown = 0;
      for (const item of items) {
        item.hidden = !controls.every((control) => fits(item, control));
        shown += item.hidden ? 0 : 1;
      }
      count.textContent = shown === items.length ? items.length + " shown" : shown + " of " + items.length + " shown";
    }

    bar.addEventListener("input", update);
    bar.hidden = false;
    update();
  }

  function valueIn(row, column) {
    const cell = row.cells[column];
    return cell.hasAttribute("data-value") ? cell.getAttribute("data-value") : cell.textContent;
  }

  function compare(one, other, numeric) {
    return numeric ? Number(one) - Number(other) : one.localeCompare(other);
  }

  function sortBy(table, head, column) {
    const up = head.getAttribute("aria-sort") !== "ascending";
    const numeric = head.dataset.kind === "number";
    const rows = all(table.tBodies[0], "tr");
    const known = rows.filter((row) => valueIn(row, column) !== "");
    const unknown = rows.filter((row) => valueIn(row, column) === "");
    known.sort((a, b) => (up ? 1 : -1) * compare(valueIn(a, column), valueIn(b, column), numeric));
    all(table, "thead th").forEach((th) => th.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    table.tBodies[0].append(...known, ...unknown);
  }

  function sortable(table) {
    all(table, "thead th").forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => sortBy(table, head, column));
    });
  }

  all(document, "[data-filter]").forEach(narrow);
  all(document, "table[data-sort]").forEach(sortable);
})();
