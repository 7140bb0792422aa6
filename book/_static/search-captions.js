/* A search for a number, such as Table 2, leads to that table first. */

document.addEventListener("DOMContentLoaded", () => {
  "use strict";

  const results = document.getElementById("search-results");
  const asked = new URLSearchParams(location.search).get("q") ?? "";
  const words = asked.trim().replace(/\s+/g, " ").toLowerCase();
  const found = Object.entries(window.smcmCaptions ?? {}).find(
    ([number]) => number.toLowerCase() === words,
  );
  if (!results || !found) return;
  const [number, [address, caption]] = found;
  const link = document.createElement("a");
  link.href = address;
  link.textContent = number;
  const line = document.createElement("p");
  line.className = "smcm-numbered";
  line.append(link, `: ${caption}`);
  results.before(line);
});
