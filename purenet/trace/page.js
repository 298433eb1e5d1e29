// Show one step at a time; step_view.js lets each answer to the pointer and the keyboard.
"use strict";

const steps = [...document.querySelectorAll("section.step")];
const views = steps.map(watchStep);
const controls = document.querySelector(".controls");
const slider = controls.querySelector("input");
const parts = controls.querySelector(".parts");
const [previous, next, all] = controls.querySelectorAll("button");
const place = controls.querySelector(".place");
const spoken = controls.querySelector(".spoken");
const given = document.querySelector("details");
const MOST_PARTS = 8; // that have their names below the slider; of long trainings, there is no room for them
let current = 0;
let chosen = null; // the neuron whose sum is shown alone

function show(index, options = {}) {
  current = Math.max(0, Math.min(steps.length - 1, index));
  steps.forEach((step, n) => step.classList.toggle("current", n === current));
  const step = steps[current];
  const words = step.querySelector("h2").textContent;
  slider.value = current + 1;
  slider.setAttribute("aria-valuetext", words);
  previous.disabled = current === 0;
  next.disabled = current === steps.length - 1;
  place.textContent = `${current + 1} of ${steps.length}\n${step.dataset.part}`;
  spoken.textContent = options.speak ? words : "";
  views[current].choose(chosen);
  if (options.address && location.protocol !== "about:") history.replaceState(null, "", "#" + step.id);
  if (!oneStep() && options.scroll) step.scrollIntoView();
}

function oneStep() {
  return document.body.classList.contains("one-step");
}

function showAddress() {
  const index = steps.findIndex((step) => "#" + step.id === location.hash);
  if (index >= 0) show(index);
}

function go(index) {
  const focused = document.activeElement;
  show(index, { speak: true, address: true, scroll: true });
  if (focused.disabled) (focused === next ? previous : next).focus(); // or the focus would be lost
}

// Name the parts of the computation below the slider, each as wide as it has steps.
function nameParts() {
  const runs = [];
  for (const step of steps) {
    if (runs.length && runs[runs.length - 1].name === step.dataset.part) runs[runs.length - 1].count += 1;
    else runs.push({ name: step.dataset.part, count: 1 });
  }
  for (const run of runs) {
    const part = document.createElement("span");
    part.className = run.name;
    part.textContent = runs.length <= MOST_PARTS ? run.name : "";
    part.style.flexGrow = run.count;
    parts.append(part);
  }
}

// Leave out the names of parts for which there is no room.
function fitNames() {
  for (const part of parts.children) {
    part.classList.remove("cut");
    part.classList.toggle("cut", part.scrollWidth > part.clientWidth);
  }
}

function scrolls(element) {
  const box = element.closest(".scroll");
  return box !== null && box.scrollWidth > box.clientWidth && box === element;
}

previous.addEventListener("click", () => go(current - 1));
next.addEventListener("click", () => go(current + 1));
slider.addEventListener("input", () => show(slider.value - 1, { address: true, scroll: true }));
all.addEventListener("click", () => {
  document.body.classList.toggle("one-step");
  all.setAttribute("aria-pressed", String(!oneStep()));
  if (!oneStep()) steps[current].scrollIntoView();
});
window.addEventListener("hashchange", showAddress);
window.addEventListener("beforeprint", () => given && (given.open = true));
window.addEventListener("neuronchosen", (event) => {
  chosen = event.detail;
  if (!oneStep()) views.forEach((view) => view.choose(chosen));
});
// Of all steps, the current one is the last that begins above the middle of the window.
window.addEventListener("scroll", () => {
  if (oneStep()) return;
  const above = steps.filter((step) => step.getBoundingClientRect().top < innerHeight / 2).length;
  if (above && above - 1 !== current) show(above - 1, { address: true });
}, { passive: true });
document.addEventListener("keydown", (event) => {
  const to = { ArrowLeft: current - 1, ArrowRight: current + 1, Home: 0, End: steps.length - 1 }[event.key];
  const taken = event.target === slider || (event.key.startsWith("Arrow") && scrolls(event.target));
  if (to === undefined || taken || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  go(to);
});

document.body.classList.add("one-step");
controls.hidden = false;
slider.max = steps.length;
if (given) given.open = false;
nameParts();
new ResizeObserver(fitNames).observe(parts);
show(0);
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
