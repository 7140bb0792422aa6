/* What the theme leaves undone: white paper, the focus where it was, nothing on the text. */
"use strict";

{
  const root = document.documentElement;
  let shown;
  let opener;

  /* A page that is dark on the screen is light while it is printed. */
  window.addEventListener("beforeprint", () => {
    shown ??= root.dataset.theme;
    root.dataset.theme = "light";
  });

  window.addEventListener("afterprint", () => {
    root.dataset.theme = shown;
    shown = undefined;
  });

  /* The button back to the top stands in the bar that stays, where it covers nothing. */
  document.addEventListener("DOMContentLoaded", () => {
    const top = document.getElementById("pst-back-to-top");
    if (top) document.querySelector(".article-header-buttons")?.prepend(top);
  });

  /* A dialog that closes leaves a reader at the button that opened it. */
  document.addEventListener(
    "click",
    (event) => {
      const button = event.target.closest("button");
      if (button && !button.closest("dialog")) opener = button;
    },
    true,
  );

  document.addEventListener(
    "close",
    (event) => {
      if (event.target.matches("dialog")) setTimeout(() => opener?.focus());
    },
    true,
  );
}
