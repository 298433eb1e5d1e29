// Let the entries of results in an element, also those that are put into it later, say what they are made of:
//   watchMatrices(root)
// Each can have the focus. step_view.js lights its row, its column and itself; here its sum is written below.
"use strict";

const watchMatrices = (root) => {
  const HINT = "Point at an entry of a result, or go to it with the Tab key, to see its row, its column and its sum.";
  const RESULT = ".entries td[data-uses]";

  // The sum of a quantity as a paragraph, from its row in the table: symbol = formula = numbers = value.
  function sumOf(row) {
    const line = document.createElement("p");
    [...row.cells].filter((cell) => cell.textContent).forEach((cell, n) => {
      if (n && !cell.matches(".by-hand")) line.append(cell.matches(".full") ? "; in full precision " : " = ");
      line.append(" ", ...[...cell.cloneNode(true).childNodes]);
    });
    return line;
  }

  function write(target) {
    const entry = target.closest(RESULT);
    const step = entry && entry.closest(".step");
    const place = step && step.querySelector(".the-sum");
    if (!place || place.dataset.of === entry.dataset.q) return;
    place.dataset.of = entry.dataset.q;
    const rows = [...step.querySelectorAll("details tr[data-q]")];
    const own = rows.find((row) => row.dataset.q === entry.dataset.q);
    const shown = new Set(entry.dataset.uses.split(" "));
    const parts = (own.dataset.uses || "").split(" ").filter((symbol) => !shown.has(symbol));
    place.replaceChildren(...[own, ...rows.filter((row) => parts.includes(row.dataset.q))].map(sumOf));
  }

  function prepare() {
    for (const entry of root.querySelectorAll(`${RESULT}:not([tabindex])`)) entry.tabIndex = 0;
    for (const place of root.querySelectorAll(".the-sum:empty")) place.textContent = HINT;
  }

  root.addEventListener("pointerover", (event) => write(event.target));
  root.addEventListener("focusin", (event) => write(event.target));
  new MutationObserver(prepare).observe(root, { childList: true, subtree: true });
  prepare();
};
