/* Tables of the class "sortable": the head of each column sorts by it, and each column
   of words gets a filter. Without this script they are plain tables, and complete.

   A cell sorts by the unrounded number in its <data value="…">, or else by its words.
   Columns of words are those that Markdown has aligned to the left. */

(() => {
  "use strict";

  const MOST_CHOICES = 30;  // of a filter; columns of sentences have none
  const NEXT = { none: "ascending", ascending: "descending", descending: "none" };

  const words = element => element.textContent.trim();

  function sortKey(cell) {
    const data = cell.querySelector("data[value]");
    return data ? Number(data.value) : words(cell);
  }

  function compare(one, other) {
    if (typeof one === "number" && typeof other === "number") return one - other;
    return String(one).localeCompare(String(other));
  }

  /* Rows in the order asked for; equal ones stay as they were. */
  function ordered(rows, column, direction) {
    if (direction === "none") return rows;
    const sign = direction === "ascending" ? 1 : -1;
    const keys = new Map(rows.map(row => [row, sortKey(row.cells[column])]));
    return [...rows].sort((a, b) => sign * compare(keys.get(a), keys.get(b)));
  }

  function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  /* What a column holds, each once, in the order by which it sorts. */
  function choices(rows, column) {
    const found = new Map(
      ordered(rows, column, "ascending").map(row => [words(row.cells[column]), true])
    );
    return [...found.keys()];
  }

  function enhance(table) {
    const heads = [...table.tHead.rows[table.tHead.rows.length - 1].cells];
    const titles = heads.map(words);
    const rows = [...table.tBodies[0].rows];
    const filters = new Map();
    const said = element("p", { role: "status", class: "sortable-status" });
    let sortedBy = "";

    function show() {
      let shown = 0;
      for (const row of rows) {
        row.hidden = [...filters].some(
          ([column, select]) => select.value && words(row.cells[column]) !== select.value
        );
        shown += row.hidden ? 0 : 1;
      }
      const count = `${shown} of ${rows.length} rows`;
      said.textContent = sortedBy ? `${count}, sorted by ${sortedBy}` : count;
    }

    function sort(column) {
      const direction = NEXT[heads[column].getAttribute("aria-sort")];
      for (const head of heads) head.setAttribute("aria-sort", "none");
      heads[column].setAttribute("aria-sort", direction);
      table.tBodies[0].append(...ordered(rows, column, direction));
      sortedBy = direction === "none" ? "" : `${titles[column]}, ${direction}`;
      show();
    }

    heads.forEach((head, column) => {
      const button = element("button", { type: "button" }, titles[column]);
      button.addEventListener("click", () => sort(column));
      head.setAttribute("scope", "col");
      head.setAttribute("aria-sort", "none");
      head.replaceChildren(button);
    });

    const controls = element("div", { class: "sortable-controls" });
    heads.forEach((head, column) => {
      const found = choices(rows, column);
      if (!head.classList.contains("text-left") || found.length < 2) return;
      if (found.length > MOST_CHOICES) return;
      const every = element("option", { value: "" }, "all");
      const options = found.map(text => element("option", { value: text }, text));
      const select = element("select", {}, every, ...options);
      select.addEventListener("change", show);
      filters.set(column, select);
      controls.append(element("label", {}, `${titles[column]} `, select));
    });
    controls.append(said);

    const box = table.closest(".pst-scrollable-table-container") ?? table;
    box.before(controls);
    show();
  }

  function start() {
    document.querySelectorAll("table.sortable").forEach(enhance);
  }

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", start);
  } else {
    start();
  }
})();
