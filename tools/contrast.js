/* Compute the contrasts that axe-core leaves open: text over gradients, as behind the
   shadows of a table that scrolls, and text that a drawing lies beneath. Evaluates to a
   function that takes axe's undecided nodes and gives those that are too faint, with the
   worst contrast that any of the colours behind them leaves. */
(() => {
  "use strict";

  const READABLE = 4.5;
  const READABLE_LARGE = 3; // WCAG 2.2, 1.4.3: from 24 px, or 18.66 px where bold
  const pixel = document.createElement("canvas").getContext("2d", {
    willReadFrequently: true,
  });
  const COLOUR = /(?:rgb|hsl|color|oklab|oklch)a?\([^()]*\)|#[0-9a-f]{3,8}|\btransparent\b/gi;

  /* Red, green and blue from 0 to 255, and alpha from 0 to 1, of any colour of CSS. */
  function channels(colour) {
    pixel.clearRect(0, 0, 1, 1);
    pixel.fillStyle = colour;
    pixel.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = pixel.getImageData(0, 0, 1, 1).data;
    return { rgb: [r, g, b], alpha: a / 255 };
  }

  function over(top, bottom, strength = 1) {
    const alpha = top.alpha * strength;
    return {
      rgb: top.rgb.map((value, k) => value * alpha + bottom.rgb[k] * (1 - alpha)),
      alpha: 1,
    };
  }

  function luminance({ rgb }) {
    const [r, g, b] = rgb.map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }

  function contrast(one, other) {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  }

  /* What may lie behind an element: each stop of a gradient alone, over what is beneath. */
  function behind(element) {
    let found = [channels("white")];
    for (const layer of layers(element)) {
      const style = getComputedStyle(layer);
      const drawn = layer instanceof SVGElement && layer.tagName !== "svg";
      const plain = channels(drawn ? style.fill : style.backgroundColor);
      const stops = (drawn ? [] : style.backgroundImage.match(COLOUR) ?? []).map(channels);
      const covered =
        stops.length > 0 &&
        stops.every((stop) => stop.alpha === 1) &&
        !style.backgroundRepeat.includes("no-repeat");
      found = found.map((under) => over(plain, under));
      found = found.flatMap((under) => [
        ...(covered ? [] : [under]),
        ...stops.map((stop) => over(stop, under)),
      ]);
      found = [...new Map(found.map((one) => [one.rgb.join(), one])).values()];
    }
    return found;
  }

  /* The elements beneath, the lowest first. */
  function layers(element) {
    const found = [];
    for (let at = element; at instanceof HTMLElement || at instanceof SVGElement; ) {
      if (!(at instanceof SVGElement) || at.tagName === "svg") found.unshift(at);
      at = at.parentElement;
    }
    return element instanceof SVGElement ? [...found, ...shapes(element)] : found;
  }

  /* Of a drawing, the shapes beneath the middle of a text. */
  function shapes(text) {
    text.scrollIntoView({ block: "center", inline: "center" });
    const box = text.getBoundingClientRect();
    const middle = [box.x + box.width / 2, box.y + box.height / 2];
    return document
      .elementsFromPoint(...middle)
      .filter((one) => one instanceof SVGElement && /^(rect|circle|path|polygon|ellipse)$/.test(one.tagName))
      .filter((one) => getComputedStyle(one).fill !== "none")
      .filter((one) => one.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING)
      .reverse();
  }

  function opacity(element) {
    const own = Number(getComputedStyle(element).opacity);
    return element.parentElement ? own * opacity(element.parentElement) : own;
  }

  function leastContrast(element) {
    const style = getComputedStyle(element);
    const drawn = element instanceof SVGElement && element.tagName !== "svg";
    const ink = channels(drawn ? style.fill : style.color);
    const strength = opacity(element);
    return Math.min(
      ...behind(element).map((ground) => contrast(over(ink, ground, strength), ground)),
    );
  }

  function least(element) {
    const style = getComputedStyle(element);
    const size = parseFloat(style.fontSize);
    const bold = Number(style.fontWeight) >= 700;
    return size >= 24 || (bold && size >= 18.66) ? READABLE_LARGE : READABLE;
  }

  /* One line for each place with an id: how many texts in it, and the worst of them. */
  return (elements) => {
    const places = new Map();
    for (const element of elements) {
      const found = leastContrast(element);
      if (found >= least(element)) continue;
      const where = element.closest("[id]")?.id ?? element.tagName;
      const text = element.textContent.trim().slice(0, 30);
      places.set(where, [...(places.get(where) ?? []), [found, text]]);
    }
    return [...places].map(([where, faint]) => {
      const [found, text] = faint.sort(([a], [b]) => a - b)[0];
      return `#${where}: ${faint.length} texts, “${text}” ${found.toFixed(2)}`;
    });
  };
})()
