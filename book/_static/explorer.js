/* The explorer. The address is its only state: a control changes the address, a change
   of the address shows a view, and so links, back and forward need nothing of their own.
   Every number it shows is a finished string of the data; nothing is rounded here. */
"use strict";

(() => {
  const root = document.querySelector("[data-explorer]");
  const data = JSON.parse(root.querySelector("script").textContent);
  const form = root.querySelector("form");
  const view = root.querySelector(".explorer-view");
  const find = (kind, name) => root.querySelector(`[data-${kind}="${name}"]`);
  const show = (name, text) => { find("show", name).textContent = text; };
  const words = (key, value) => choiceOf(key).options[value];
  const choiceOf = key => data.choices.find(choice => choice.key === key);
  let chosen = data.start;

  /* ---- the address ---- */

  /* what the address asks for, and notes on what it asks for in vain */
  function read(address) {
    const asked = new URLSearchParams(address);
    const answers = { ...data.start };
    const notes = [];
    for (const key of new Set(asked.keys())) {
      const choice = choiceOf(key);
      const value = asked.get(key);
      if (!choice) {
        notes.push(`The address names “${key}”, which is not a choice here; it is ignored.`);
      } else if (Object.hasOwn(choice.options, value)) {
        answers[key] = value;
      } else {
        notes.push(`The address asks for “${value}” as ${key}, which is not among the runs; `
          + `${words(key, answers[key])} is shown instead.`);
      }
    }
    return { answers, notes };
  }

  const written = () => `#${new URLSearchParams(chosen)}`;
  const link = () => location.href.replace(/#.*$/s, "") + written();
  const agrees = part => Object.entries(part.at).every(([key, value]) => chosen[key] === value);

  /* ---- showing ---- */

  function refresh() {
    const address = location.hash.slice(1);
    const isAnchor = address && !address.includes("=");  // of a heading on this page
    if (isAnchor && !view.hidden) return;
    const { answers, notes } = read(isAnchor ? "" : address);
    chosen = answers;
    for (const field of form.elements) tick(field);
    const run = data.runs.find(agrees);
    view.hidden = !run;
    show("note", notes.join(" "));
    show("copied", "");
    show("reason", "");
    if (run) showRun(run);
    else show("summary", missing());
  }

  function tick(field) {
    if (field.type === "radio") field.checked = field.value === chosen[field.name];
    else if (field.name) field.value = chosen[field.name];
  }

  /* which runs there would be if one answer were another */
  function missing() {
    const asked = data.choices.filter(choice => choice.key in data.runs[0].at);
    const list = asked.map(choice => `${choice.legend}: ${words(choice.key, chosen[choice.key])}`);
    const ways = asked.flatMap(choice => {
      const others = Object.keys(choice.options).filter(value =>
        data.runs.some(run => Object.entries({ ...chosen, [choice.key]: value })
          .every(([key, answer]) => !(key in run.at) || run.at[key] === answer)));
      const named = others.map(value => choice.options[value]).join(" or ");
      return others.length ? [`${choice.legend}: ${named}`] : [];
    });
    const cure = ways.length
      ? `Available with one change: ${ways.join("; ")}.`
      : "No run differs from it in one choice only.";
    return `This combination was not run: ${list.join("; ")}. ${cure}`;
  }

  function showRun(run) {
    const place = data.models.findIndex(agrees);
    const model = data.models[place];
    const found = run.models[place];
    for (const name of ["summary", "reason"]) show(name, found[name]);
    for (const name of ["n", "statement"]) show(name, run[name]);
    showAbstract(run);
    show("title", `${model.title}. ${run.title}`);
    show("across", model.across);
    show("citation", citation(run, model));
    find("show", "reason").classList.toggle("mediated", found.mediated);
    find("link", "page").href = run.page;
    root.querySelectorAll(".explorer-numbers tbody tr").forEach((row, k) => fill(row, found.rows[k]));
    explorerDraw.paths(find("draw", "paths"), found, model.outcome);
    drawRuns(run, model, place);
    drawModels(run, place);
  }

  /* the page has the abstracts of all runs below, in the order of the data */
  function showAbstract(run) {
    const all = document.querySelectorAll(".explorer-abstract > p:last-child");
    show("abstract", all[data.runs.indexOf(run)]?.textContent ?? "");
  }

  function fill(row, [estimate, interval, p, level, conclusion]) {
    const [first, ...rest] = row.querySelectorAll("td");
    const between = document.createElement("small");
    between.textContent = interval;
    first.replaceChildren(estimate, between);
    [p, level, conclusion].forEach((text, k) => { rest[k].textContent = text; });
  }

  function drawRuns(run, model, place) {
    const rows = [];
    data.runs.forEach((other, k) => {
      if (other.group && other.group !== data.runs[k - 1]?.group) rows.push({ heading: other.group });
      rows.push(interval(other.models[place], other.row, "indirect", 4, other === run));
    });
    explorerDraw.forest(find("draw", "runs"), rows, model.axis,
      `${model.across} ${run.models[place].summary}`, "ab, points of the outcome per point of fidelity");
  }

  function drawModels(run, place) {
    const rows = run.models.map((found, k) =>
      interval(found, data.models[k].short, "indirect_cs", 5, k === place));
    explorerDraw.forest(find("draw", "models"), rows, data.axis, run.eight,
      "ab, SDs of the outcome per SD of fidelity");
  }

  function interval(found, label, term, row, isChosen) {
    const text = found.rows[row][0];
    return { label, drawn: found.drawn[term], text, mediated: found.mediated, chosen: isChosen };
  }

  /* a path on somebody's disk is no use to others: then the page is named instead */
  function citation(run, model) {
    const place = location.protocol === "file:" ? `explorer.html${written()}` : link();
    return `${data.citation} ${model.title}. ${run.title}, ${run.at.reading} analysis. ${run.statement} ${place}`;
  }

  /* ---- copying ---- */

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const field = document.body.appendChild(document.createElement("textarea"));
      field.value = text;
      field.select();
      const done = document.execCommand("copy");
      field.remove();
      return done;
    }
  }

  root.addEventListener("click", async event => {
    const what = event.target.dataset?.copy;
    if (!what) return;
    const text = what === "link" ? link() : find("show", "citation").textContent;
    const done = await copy(text);
    event.target.focus();
    show("copied", done ? "Copied." : `The browser does not allow copying; copy this text: ${text}`);
  });

  form.addEventListener("submit", event => event.preventDefault());
  form.addEventListener("change", event => {
    chosen = { ...chosen, [event.target.name]: event.target.value };
    location.hash = written();
  });
  window.addEventListener("hashchange", refresh);
  root.querySelector("details").open = false;
  form.hidden = false;
  refresh();
  document.addEventListener("DOMContentLoaded", () => {  // the abstracts are there then
    const run = data.runs.find(agrees);
    if (run) showAbstract(run);
  });
})();
