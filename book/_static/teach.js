/* The pictures of the lessons. All shapes and sentences are finished: nothing is
   computed here but which of them is shown. A picture is locked until a prediction is
   made. Nothing moves by itself. */
"use strict";

(() => {
  const SVG = "http://www.w3.org/2000/svg";
  const WIDTH = 360;
  const NAMES = { line: "line", dot: "circle", bar: "rect", area: "polygon", text: "text" };
  const PLACES = {
    line: ["x1", "y1", "x2", "y2"],
    dot: ["cx", "cy"],
    bar: ["x", "y", "width", "height"],
    area: ["points"],
    text: ["x", "y"],
  };
  const STEPS = [1, 20];

  function draw(parent, [name, kind, ...held]) {
    const shape = document.createElementNS(SVG, NAMES[name]);
    shape.setAttribute("class", `${name} ${kind}`);
    PLACES[name].forEach((place, k) => shape.setAttribute(place, held[k]));
    if (name === "dot") shape.setAttribute("r", 2.6);
    if (name === "text") shape.textContent = held[2];
    parent.appendChild(shape);
  }

  function make(parent, name, attributes = {}, text = "") {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.textContent = text;
    return parent.appendChild(made);
  }

  /* a group of buttons of which one is chosen; it tells which */
  function choice(parent, name, legend, options, chosen, tell) {
    const group = make(parent, "fieldset");
    make(group, "legend", {}, legend);
    options.forEach((words, k) => {
      const label = make(group, "label");
      const input = make(label, "input", { type: "radio", name, value: k });
      input.checked = k === chosen;
      input.disabled = true;
      input.addEventListener("change", () => tell(k));
      label.append(` ${words}`);
    });
  }

  function button(parent, words, act) {
    const made = make(parent, "button", { type: "button" }, words);
    made.disabled = true;
    made.addEventListener("click", act);
    return made;
  }

  class Picture {
    constructor(place, number) {
      this.held = JSON.parse(place.querySelector("script").textContent);
      this.name = `teach-${number}`;
      this.controls = place.querySelector(".teach-controls");
      this.svg = place.querySelector("svg");
      this.status = place.querySelector("[role=status]");
      this.predicted = null;
      this[place.dataset.teach]();
      this.lock(place);
      place.querySelector(".teach-live").hidden = false;
      place.querySelector(".teach-plain").hidden = true;
      place.dataset.ready = "";
    }

    lock(place) {
      this.say("Choose an answer first.");
      const told = place.closest("section")?.parentElement.querySelector("section#say");
      told?.classList.add("teach-waiting");
      this.controls.classList.add("teach-locked");
      const asked = [...place.querySelectorAll(".teach-asked input")];
      /* what was predicted stands as soon as one has looked */
      const keep = () => asked.forEach(input => { input.disabled = true; });
      this.controls.addEventListener("change", keep);
      this.controls.addEventListener("click", event => {
        if (event.target.matches("button")) keep();
      });
      for (const input of asked) {
        input.name = `${this.name}-predicted`;
        input.addEventListener("change", () => {
          this.predicted = Number(input.value);
          for (const control of this.controls.querySelectorAll("input, button")) {
            control.disabled = false;
          }
          this.say(this.held.prompt);
          told?.classList.remove("teach-waiting");
          this.controls.classList.remove("teach-locked");
          this.unlocked?.();
        });
      }
    }

    say(text) {
      this.status.textContent = text;
      this.svg?.setAttribute("aria-label", text);
    }

    sayEnd(before = "") {
      this.say([before, this.held.replies[this.predicted], this.held.end].join(" ").trim());
    }

    /* an empty sheet with what is there from the beginning */
    sheet() {
      this.svg.replaceChildren();
      this.svg.setAttribute("viewBox", `0 0 ${WIDTH} ${this.held.height}`);
      for (const shape of this.held.base) draw(this.svg, shape);
    }

    /* ---- shapes that are added, one drop after the other ---------------------- */

    heap() {
      const { drops, nouns } = this.held;
      const row = make(this.controls, "p");
      for (const step of STEPS) {
        button(row, `Draw ${step} ${nouns[step > 1 ? 1 : 0]}`, () => this.add(step));
      }
      button(row, "Draw all", () => this.add(drops.length));
      button(row, "Begin again", () => { this.empty(); this.say(this.held.prompt); });
      this.empty();
    }

    empty() {
      this.drawn = 0;
      this.sheet();
    }

    add(count) {
      const { drops, says, last, nouns } = this.held;
      const end = Math.min(this.drawn + count, drops.length);
      if (this.drawn < drops.length) {
        for (; this.drawn < end; this.drawn += 1) {
          for (const shape of drops[this.drawn]) draw(this.svg, shape);
        }
        if (end === drops.length) for (const shape of last) draw(this.svg, shape);
      }
      if (end === drops.length) this.sayEnd();
      else this.say(`Drawn: ${end} of ${drops.length} ${nouns[1]}. The last: ${says[end - 1]}`);
    }

    /* ---- views that are chosen ------------------------------------------------ */

    grid() {
      this.chosen = [...this.held.first];
      Object.entries(this.held.controls).forEach(([legend, options], k) => {
        choice(this.controls, `${this.name}-${k}`, legend, options, this.chosen[k], value => {
          this.chosen[k] = value;
          this.view();
          const { goals, says } = this.held;
          if (goals.includes(this.place())) this.sayEnd(says[this.place()]);
          else this.say(says[this.place()]);
        });
      });
      this.view();
    }

    scatter() { this.grid(); }

    place() {
      return Object.values(this.held.controls).reduce(
        (place, options, k) => place * options.length + this.chosen[k], 0);
    }

    view() {
      this.sheet();
      for (const shape of this.held.shapes[this.place()]) draw(this.svg, shape);
    }

    /* ---- cards that are guessed and turned ------------------------------------ */

    cards() {
      const { fronts, options } = this.held;
      const row = make(this.controls, "div", { class: "teach-cards" });
      this.guesses = fronts.map(() => null);
      this.cardsShown = fronts.map(([title, lines], k) => {
        const card = make(row, "div", { class: "teach-card", role: "group", "aria-label": title });
        make(card, "p", { class: "teach-title" }, title);
        for (const text of lines) make(card, "p", { class: "teach-line" }, text);
        choice(card, `${this.name}-${k}`, "Your guess", options, -1, value => {
          this.guesses[k] = value;
          if (this.cover()) this.say(this.held.prompt);
          if (!this.guesses.includes(null)) this.turn.disabled = false;
        });
        return card;
      });
      this.turn = button(this.controls, "Turn the cards", () => this.turned());
    }

    unlocked() {
      if (this.turn) this.turn.disabled = this.guesses.includes(null);
      if (this.chosen) this.say(`${this.held.prompt} ${this.held.says[this.place()]}`);
    }

    /* whoever guesses again turns again */
    cover() {
      const turned = this.controls.querySelectorAll(".teach-back");
      turned.forEach(old => old.remove());
      return turned.length;
    }

    turned() {
      const { right, backs, counts } = this.held;
      this.cover();
      this.cardsShown.forEach((card, k) => {
        const hit = this.guesses[k] === right[k];
        make(card, "p", { class: "teach-back" }, `${hit ? "✓" : "✗"} ${backs[k]}`);
      });
      this.sayEnd(counts[this.guesses.filter((guess, k) => guess === right[k]).length]);
    }
  }

  function start() {
    document.querySelectorAll("[data-teach]:not([data-ready])").forEach(
      (place, number) => new Picture(place, number));
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
