/* Paper is white: a page that is dark on the screen is light while it is printed. */
"use strict";

{
  const root = document.documentElement;
  let shown;

  window.addEventListener("beforeprint", () => {
    shown ??= root.dataset.theme;
    root.dataset.theme = "light";
  });

  window.addEventListener("afterprint", () => {
    root.dataset.theme = shown;
    shown = undefined;
  });
}
