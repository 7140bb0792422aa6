/* Excerpts of a search in a book that was opened from a folder.

   Sphinx's search fetches a page for its excerpt, which browsers refuse there. The words
   of the pages have come as a script (page-texts.js), and answer instead. */

(() => {
  "use strict";

  if (location.protocol !== "file:" || !window.smcmTexts) return;

  const fetchPage = window.fetch.bind(window);

  function pageOf(sections) {
    const made = document.createElement("div");
    made.setAttribute("role", "main");
    for (const [name, words] of sections) {
      const section = document.createElement("section");
      section.id = name;
      section.textContent = `${words} `;
      made.append(section);
    }
    return made.outerHTML;
  }

  window.fetch = (what, options) => {
    const root = new URL(document.documentElement.dataset.content_root ?? "./", location.href);
    const address = new URL(what, location.href).href;
    const name = decodeURI(address.slice(root.href.length)).split(/[?#]/)[0];
    const sections = address.startsWith(root.href) && window.smcmTexts[name];
    return sections
      ? Promise.resolve(new Response(pageOf(sections)))
      : fetchPage(what, options);
  };
})();
