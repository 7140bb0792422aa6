/* Enlarge a figure, or take it along as SVG or PNG; its numbers are a plain link. */
(() => {
  "use strict";
  const SPACE = "http://www.w3.org/2000/svg";
  const DOTS = 4;  /* pixels of a PNG for each point */

  /* One drawing of all parts, each where it stands in the whole. */
  function whole(plate) {
    const [width, height] = plate.dataset.size.split(" ").map(Number);
    const svg = document.createElementNS(SPACE, "svg");
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", labelled(plate).getAttribute("aria-label"));
    for (const part of labelled(plate).children) {
      const copy = part.cloneNode(true);
      const box = part.getAttribute("viewBox").split(" ");
      ["x", "y", "width", "height"].forEach((name, k) => copy.setAttribute(name, box[k]));
      copy.removeAttribute("class");
      svg.append(copy);
    }
    return svg;
  }

  function labelled(plate) {
    return plate.querySelector(".smcm-panels");
  }

  /* The whole as a file: light colours on white, and no variable left. */
  function alone(plate) {
    const svg = whole(plate);
    const [, , width, height] = svg.getAttribute("viewBox").split(" ");
    svg.setAttribute("width", `${width}pt`);
    svg.setAttribute("height", `${height}pt`);
    const paper = document.createElementNS(SPACE, "rect");
    for (const [name, value] of Object.entries({ width, height, fill: "#ffffff" })) {
      paper.setAttribute(name, value);
    }
    const title = document.createElementNS(SPACE, "title");
    title.textContent = svg.getAttribute("aria-label");
    svg.prepend(title, paper);
    return new XMLSerializer().serializeToString(svg)
      .replace(/var\(--fig-[a-z-]+, ([^)]*)\)/g, "$1")
      .replace(/; --natural: [^;"]*/g, "");
  }

  function save(content, kind, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([content], { type: kind }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  function saveSvg(plate) {
    save(alone(plate), "image/svg+xml", `${plate.dataset.name}.svg`);
  }

  function savePng(plate) {
    const [width, height] = plate.dataset.size.split(" ").map(Number);
    const image = new Image();
    image.onload = () => {
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(width * DOTS);
      canvas.height = Math.round(height * DOTS);
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob(blob => save(blob, "image/png", `${plate.dataset.name}.png`));
    };
    /* not a URL of a blob, which would forbid to read the canvas in a page from a folder */
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(alone(plate))}`;
  }

  function enlarge(plate) {
    const box = document.createElement("dialog");
    box.className = "smcm-large";
    box.setAttribute("aria-label", "Enlarged figure");
    const close = document.createElement("button");
    close.type = "button";
    close.textContent = "Close";
    close.autofocus = true;
    close.addEventListener("click", () => box.close());
    box.addEventListener("close", () => box.remove());
    box.append(close, whole(plate));
    document.body.append(box);
    box.showModal();
  }

  function addButtons(plate) {
    const row = plate.querySelector(".smcm-take");
    const acts = { Enlarge: enlarge, SVG: saveSvg, PNG: savePng };
    const buttons = Object.entries(acts).map(([words, act]) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = words;
      button.addEventListener("click", () => act(plate));
      return button;
    });
    row.prepend(...buttons);
  }

  const start = () => document.querySelectorAll(".smcm-plate").forEach(addButtons);
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", start);
  else start();
})();
