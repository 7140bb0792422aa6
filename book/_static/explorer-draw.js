/* The drawings of the explorer: SVG elements and coordinates, no numbers in words.
   Sheets are 360 units wide, the width of a phone, and grow with their place. */
"use strict";

const explorerDraw = (() => {
  const SVG = "http://www.w3.org/2000/svg";
  const WIDTH = 360;
  const LETTER = 6;  // of a label in bold, wide enough for any

  function add(parent, name, attributes = {}, text = "") {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.textContent = text;
    return parent.appendChild(element);
  }

  /* an empty sheet that says in words what will be on it */
  function sheet(svg, height, label) {
    svg.replaceChildren();
    svg.setAttribute("viewBox", `0 0 ${WIDTH} ${height}`);
    svg.setAttribute("aria-label", label);
  }

  function box(svg, x, y, width, text) {
    const edge = { x: x - width / 2, y: y - 17, width, height: 34, rx: 6, class: "box" };
    add(svg, "rect", edge);
    add(svg, "text", { x, y: y + 5, class: "boxed" }, text);
  }

  /* a line and its head; the head is never dashed */
  function arrow(svg, [x1, y1], [x2, y2], solid) {
    const group = add(svg, "g", { class: solid ? "arrow solid" : "arrow dashed" });
    const length = Math.hypot(x2 - x1, y2 - y1);
    const [ux, uy] = [(x2 - x1) / length, (y2 - y1) / length];
    const [bx, by] = [x2 - 9 * ux, y2 - 9 * uy];
    add(group, "line", { x1, y1, x2: bx, y2: by });
    const [px, py] = [-4.5 * uy, 4.5 * ux];
    add(group, "path", {
      d: `M${x2} ${y2}L${bx + px} ${by + py}L${bx - px} ${by - py}Z`,
    });
  }

  function coefficient(svg, x, y, name, [estimate, interval], solid) {
    const group = add(svg, "g", { class: solid ? "coefficient solid" : "coefficient dashed" });
    const line = add(group, "text", { x, y, class: "estimate" });
    add(line, "tspan", { class: "name" }, name);
    add(line, "tspan", {}, ` ${estimate}`);
    add(group, "text", { x, y: y + 15, class: "interval" }, interval);
  }

  /* fidelity, alliance and outcome, with a, b and c′ on their arrows */
  function paths(svg, found, outcome) {
    sheet(svg, 212, found.arrows);
    box(svg, 60, 172, 96, "Fidelity");
    box(svg, 180, 30, 96, "Alliance");
    box(svg, 300, 172, 96, outcome);
    const [a, b, direct] = found.solid;
    arrow(svg, [72, 153], [146, 49], a);
    arrow(svg, [214, 49], [288, 153], b);
    arrow(svg, [110, 172], [250, 172], direct);
    coefficient(svg, 56, 82, "a", found.rows[0], a);
    coefficient(svg, 304, 82, "b", found.rows[1], b);
    coefficient(svg, 180, 160, "c′", [found.rows[2][0], ""], direct);
    const under = { x: 180, y: 190, class: `interval ${direct ? "solid" : "dashed"}` };
    add(add(svg, "g", { class: "coefficient" }), "text", under, found.rows[2][1]);
  }

  /* a row an interval: rows are {heading} or {label, drawn, text, mediated, chosen} */
  function forest(svg, rows, axis, label, title) {
    const longest = Math.max(...rows.map(row => row.label?.length ?? 0));
    const left = Math.min(Math.max(118, 12 + LETTER * longest), 180);
    const [right, pitch] = [306, 16];
    const [low, high] = axis.span;
    const bottom = 12 + rows.length * pitch;
    const at = value => left + ((value - low) / (high - low || 1)) * (right - left);
    sheet(svg, bottom + 42, label);
    for (const [tick, words] of axis.ticks) {
      const x = at(tick);
      add(svg, "line", { x1: x, x2: x, y1: 6, y2: bottom, class: tick === 0 ? "zero" : "grid" });
      add(svg, "text", { x, y: bottom + 15, class: "tick" }, words);
    }
    add(svg, "text", { x: (left + right) / 2, y: bottom + 34, class: "axis" }, title);
    rows.forEach((row, place) => {
      const y = 16 + place * pitch;
      if (row.heading) {
        add(svg, "text", { x: 2, y: y + 4, class: "heading" }, row.heading);
        return;
      }
      const marks = [row.mediated ? "mediated" : "open", row.chosen ? "chosen" : "faint"];
      const group = add(svg, "g", { class: `row ${marks.join(" ")}` });
      const [value, from, to] = row.drawn;
      if (row.chosen) add(group, "rect", { x: 0, y: y - 8, width: WIDTH, height: 16, class: "band" });
      add(group, "text", { x: left - 10, y: y + 4, class: "label" }, row.label);
      add(group, "line", { x1: at(from), x2: at(to), y1: y, y2: y });
      add(group, "circle", { cx: at(value), cy: y, r: row.chosen ? 5 : 3.2 });
      add(group, "text", { x: WIDTH - 4, y: y + 4, class: "value" }, row.text);
    });
  }

  return { paths, forest };
})();
