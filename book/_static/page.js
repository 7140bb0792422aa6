/* What the theme leaves undone: white paper, and the focus where it was. */
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
