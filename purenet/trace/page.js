// Show one step at a time, and light in the picture the quantity under the pointer in the table, and vice versa.
"use strict";

const steps = [...document.querySelectorAll("section.step")];
const controls = document.querySelector(".controls");
const slider = controls.querySelector("input");
const [previous, next, all] = controls.querySelectorAll("button");
const place = controls.querySelector(".place");
const spoken = controls.querySelector(".spoken");
const FADE = 24; // pixels at the edge of a picture that fade, as in page.css
let current = 0;

function show(index, options) {
  current = Math.max(0, Math.min(steps.length - 1, index));
  steps.forEach((step, n) => step.classList.toggle("current", n === current));
  const step = steps[current];
  const words = step.querySelector("h2").textContent;
  slider.value = current + 1;
  slider.setAttribute("aria-valuetext", words);
  previous.disabled = current === 0;
  next.disabled = current === steps.length - 1;
  place.textContent = words.split(".")[0];
  spoken.textContent = options.speak ? words : "";
  if (options.address && location.protocol !== "about:") history.replaceState(null, "", "#" + step.id);
  if (!oneStep() && options.address) step.scrollIntoView();
}

// Scroll a picture to what is computed now, with its operands if there is room for all.
function follow(box) {
  const frame = box.getBoundingClientRect();
  const room = frame.width - 2 * FADE;
  const ends = (states) => {
    const found = [...box.querySelectorAll(states)].map((element) => element.getBoundingClientRect());
    return [Math.min(...found.map((rect) => rect.left)), Math.max(...found.map((rect) => rect.right))];
  };
  let [left, right] = ends('.cell.now, .label.now, .cell.operand, .label.operand[data-q*="_"]'); // not the settings
  if (right - left > room) [left, right] = ends(".cell.now, .label.now");
  const middle = right - left > room ? left + room / 2 : (left + right) / 2;
  if (Number.isFinite(middle)) box.scrollLeft += middle - frame.left - frame.width / 2;
}

// Let the edges fade behind which there is more.
function mark(box) {
  box.classList.toggle("more-left", box.scrollLeft > 1);
  box.classList.toggle("more-right", box.scrollLeft < box.scrollWidth - box.clientWidth - 1);
}

function oneStep() {
  return document.body.classList.contains("one-step");
}

function showAddress() {
  const index = steps.findIndex((step) => "#" + step.id === location.hash);
  if (index >= 0) show(index, {});
}

function move(by) {
  const focused = document.activeElement;
  show(current + by, { speak: true, address: true });
  if (focused.disabled) (focused === next ? previous : next).focus(); // or the focus would be lost
}

function scrolls(element) {
  const box = element.closest(".scroll");
  return box !== null && box.scrollWidth > box.clientWidth && box === element;
}

previous.addEventListener("click", () => move(-1));
next.addEventListener("click", () => move(1));
slider.addEventListener("input", () => show(slider.value - 1, { address: true }));
all.addEventListener("click", () => {
  document.body.classList.toggle("one-step");
  all.setAttribute("aria-pressed", String(!oneStep()));
});
window.addEventListener("hashchange", showAddress);
document.addEventListener("keydown", (event) => {
  const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  const taken = event.target === slider || scrolls(event.target);
  if (!by || taken || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  move(by);
});

// The weight, bias or target, without marks of steps and examples, to whose edge the symbol of a quantity belongs.
function edgeOf(symbol) {
  const plain = symbol.replace(/[\u207a\u207d\u207e\u2070\u00b9\u00b2\u00b3\u2074-\u2079]+$/, "");
  const parameter = plain.replace(/^\u2207/, "").replace(/^v_(?=[a-z]+\d+[a-z])/, "w_").replace(/^v_/, "b_");
  return parameter.replace(/^\u2202E\/\u2202y/, "t");
}

function light(step, target) {
  const source = target && target.closest("[data-q], [data-edge]");
  const edge = source && source.dataset.edge;
  const symbol = source && source.dataset.q;
  for (const element of step.querySelectorAll("[data-q]")) {
    const same = edge ? edgeOf(element.dataset.q) === edgeOf(edge) : element.dataset.q === symbol;
    element.classList.toggle("lit", Boolean(source) && same);
  }
  for (const element of step.querySelectorAll("[data-edge]")) {
    element.classList.toggle("lit", Boolean(source) && edgeOf(element.dataset.edge) === edgeOf(edge || symbol));
  }
}

for (const box of document.querySelectorAll(".scroll")) {
  const changed = () => {
    if (box.matches(".picture")) follow(box);
    mark(box);
  };
  new ResizeObserver(changed).observe(box); // its size changes, too, when its step is shown
  box.addEventListener("scroll", () => mark(box), { passive: true });
}
for (const step of steps) {
  for (const row of step.querySelectorAll("tbody tr[data-q]")) row.tabIndex = 0;
  for (const path of step.querySelectorAll(".edge[data-edge] path")) {
    const hit = path.cloneNode();
    hit.setAttribute("class", "hit"); // a line that is wide enough to be pointed at
    path.after(hit);
  }
  step.addEventListener("pointerover", (event) => light(step, event.target));
  step.addEventListener("pointerleave", () => light(step, null));
  step.addEventListener("focusin", (event) => light(step, event.target));
  step.addEventListener("focusout", () => light(step, null));
}

document.body.classList.add("one-step");
controls.hidden = false;
slider.max = steps.length;
show(0, {});
showAddress();

// In a notebook, the page is a frame that does not know the theme around it: take it over.
const around = window.frameElement ? getComputedStyle(window.frameElement).colorScheme : "normal";
if (around === "dark" || around === "light") {
  document.documentElement.style.colorScheme = around;
  for (const rule of document.styleSheets[0].cssRules) {
    if (rule.media && rule.media.mediaText.includes("prefers-color-scheme")) {
      rule.media.mediaText = around === "dark" ? "screen" : "not all";
    }
  }
}
