
// The page of the lab. It sends what a person does to answer.py, in the way that `carry` knows, and shows the answer:
// parts of the page as HTML. It computes no number of a network.

const part = (id) => document.getElementById(id);
const still = matchMedia("(prefers-reduced-motion: reduce)");
const SLIDERS = ["step", "nudge", "look"];
let state = ""; // the text in the address
let first = history.state?.first || ""; // that of the first answer, for a reset; it outlives a reload
let past = [], future = []; // states to go back to, and forward
let waiting = []; // requests that came while another was on its way, each with what to do then
let busy = false, running = false, dragging = null, placed = {};

async function send(request, then = () => {}, otherwise = () => {}) {
  if (busy) {
    const last = waiting[waiting.length - 1];
    if (last && SLIDERS.includes(request.do) && last[0].do === request.do) waiting.pop(); // only its last place matters
    waiting.push([request, then, otherwise]);
    return;
  }
  busy = true;
  document.body.setAttribute("aria-busy", "true");
  const answer = await carry({ state, ...request });
  busy = false;
  document.body.removeAttribute("aria-busy");
  show(answer, request, then);
  if (answer.error) otherwise();
  if (waiting.length) send(...waiting.shift());
  else if (answer.again && (running || request.do !== "run")) {
    setTimeout(() => {
      if (!waiting.length && !busy && (running || answer.again.do !== "run")) send(answer.again);
    }, still.matches ? 1000 : 0);
  }
}

// Begin with a capital, unless that would change a symbol, and end with a full stop.
function sentence(words) {
  const begun = /^[a-z]+ /.test(words) ? words[0].toUpperCase() + words.slice(1) : words;
  return /[.?!]$/.test(begun) ? begun : begun + ".";
}

function show(answer, request, then) {
  if (answer.error || !answer.again) running = false;
  nameRun();
  part("error").textContent = answer.error ? sentence(answer.error) : "";
  part("loading").hidden = true;
  markField(request, answer.error);
  if (answer.error) return;
  if (answer.file) offer(answer.file);
  if (state && (answer.undoable || answer.is_new)) {
    past.push(state);
    future = [];
  }
  state = answer.state;
  if (answer.is_new || !first) first = state;
  then();
  const turns = document.body.matches(".ready") && (request.do === "tab" || answer.is_new); // a page of its own, for Back
  history[turns ? "pushState" : "replaceState"]({ first }, "", "#" + state);
  document.title = answer.heading + ": the lab";
  document.body.classList.add("ready");
  fill(answer.parts);
  nameRun();
  say(answer.said, !answer.undoable && !answer.file);
  mark(answer.marks, answer.was);
  part("undo").disabled = past.length === 0;
  part("redo").disabled = future.length === 0;
  part("reset").disabled = !answer.is_changed && !(answer.is_own && state !== first);
  if (["answer", "hint"].includes(request.do)) showQuestion(request.name);
  if (request.do === "see") scrollTo(0, 0);
}

// Put parts of the page in place; the focus, the places of scrolled boxes and a slider that is being dragged stay.
function fill(parts) {
  const focused = document.activeElement;
  const typed = focused.matches("input:not([type=range])") && focused.value !== focused.defaultValue ? [focused.value, focused.selectionStart, focused.selectionEnd] : null;
  const moved = focused.matches("input[type=range]") && waiting.length ? focused.value : null; // since it was asked
  for (const [id, html] of Object.entries(parts)) {
    if (placed[id] === html) continue;
    if (dragging && part(id).contains(dragging)) {
      copyOutputs(part(id), html);
      continue;
    }
    const boxes = [...part(id).querySelectorAll(".scroll")].map((box) => box.scrollLeft);
    part(id).innerHTML = html;
    placed[id] = html;
    part(id).querySelectorAll(".scroll").forEach((box, n) => (box.scrollLeft = boxes[n] || 0));
  }
  if (document.activeElement === focused || !focused.id || !part(focused.id)) return;
  const found = part(focused.id);
  found.focus({ preventScroll: true });
  if (moved !== null) found.value = moved;
  if (!typed) return;
  found.value = typed[0]; // what was typed while the answer was on its way
  found.setSelectionRange(typed[1], typed[2]);
}

// Of a part whose slider is being dragged, only what it says is new.
function copyOutputs(box, html) {
  const fresh = document.createElement("template");
  fresh.innerHTML = html;
  const words = [...fresh.content.querySelectorAll("output")].map((output) => output.textContent);
  box.querySelectorAll("output").forEach((output, n) => (output.textContent = words[n]));
}

// Mark the numbers that changed, with what they were, those that are wrong, and those that have a field.
function mark({ changed, differs }, was) {
  const [moved, wrong] = [new Set(changed), new Set(differs)];
  for (const element of document.querySelectorAll("#view [data-q]")) {
    const symbol = element.dataset.q;
    element.classList.toggle("changed", moved.has(symbol));
    element.classList.toggle("differs", wrong.has(symbol) && element.closest(".wrong") !== null);
    element.classList.toggle("can-change", element.matches(".picture g, .numbers tr") && fieldOf(symbol) !== null);
    const number = element.matches("tr") && element.querySelector("td.by-hand, td.number");
    if (number && was[symbol]) number.dataset.was = was[symbol];
    else if (number) delete number.dataset.was;
  }
}

// Say something, for the eye as well unless the page shows it anyway.
function say(words, isShown = false) {
  part("said").classList.toggle("spoken", isShown);
  part("said").textContent = words;
}

// The button that runs a training pauses it while it runs.
function nameRun() {
  if (part("run")) part("run").textContent = running ? "Pause" : "Run";
}

// Let a field whose number was refused say so, beside the sentence above; a later answer puts its last good number back.
function markField(request, error) {
  for (const field of document.querySelectorAll("[aria-invalid]")) {
    field.removeAttribute("aria-invalid");
    if (!error) field.value = field.defaultValue;
  }
  const field = error && [...document.querySelectorAll("input, select")].find((found) => found.name === request.name && found.dataset.do === request.do);
  if (!field) return;
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", "error");
}

// Bring what is said of an answer into sight.
function showQuestion(name) {
  const field = [...document.getElementsByName(name)].find((found) => found.dataset.do === "answer");
  if (field) field.closest(".question").scrollIntoView({ block: "nearest" });
}

function offer(file) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([file.text], { type: "application/json" }));
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

function request(element, value = element.value) {
  return { do: element.dataset.do.replaceAll("-", "_"), name: element.name || "", value };
}

// Go back to another state, and remember this one on the other side.
function go(from, to) {
  const now = state;
  send({ do: "back", address: from[from.length - 1] }, () => {
    from.pop();
    to.push(now);
  });
}

document.addEventListener("change", (event) => {
  if (event.target.id === "file") {
    const [file] = event.target.files;
    if (file) file.text().then((text) => send({ do: "file", name: "", value: text }));
    event.target.value = "";
  } else if (event.target.matches("[data-do]")) send(request(event.target));
});
document.addEventListener("input", (event) => {
  if (event.target.matches("input[type=range]")) send(request(event.target));
});
document.addEventListener("pointerdown", (event) => (dragging = event.target.closest("input[type=range]")));
document.addEventListener("pointerup", () => (dragging = null));
document.addEventListener("pointercancel", () => (dragging = null));
document.addEventListener("click", (event) => {
  const pressed = event.target.closest("button[data-do]");
  const skip = event.target.closest(".skips a");
  if (skip) {
    event.preventDefault(); // the address is that of the state
    const place = part(skip.hash.slice(1));
    (place.querySelector(":scope > summary") || place).focus();
  }
  if (!pressed) return;
  const pauses = pressed.id === "run" && running;
  running = pressed.id === "run" && !running;
  send(pauses ? { do: "go" } : request(pressed));
});
part("undo").addEventListener("click", () => go(past, future));
part("redo").addEventListener("click", () => go(future, past));
part("reset").addEventListener("click", () => {
  send({ do: "reset", address: first });
});
part("link").addEventListener("click", () => {
  const copied = navigator.clipboard ? navigator.clipboard.writeText(location.href) : Promise.reject();
  const elsewhere = "On another computer, what begins with # belongs after the address of a lab there, or after purenet lab.";
  copied.then(() => say(`The address is copied: it holds all that you see. ${elsewhere}`), () => say(`Copy the address of this page: it holds all that you see. ${elsewhere}`));
});
part("more").addEventListener("click", () => {
  part("more").setAttribute("aria-expanded", String(part("more").getAttribute("aria-expanded") === "false"));
});
// Back, forward, or another address: what was seen before can be had again with Undo.
window.addEventListener("hashchange", () => {
  const now = state;
  if (location.hash.slice(1) !== now) send({ do: "open", address: location.hash.slice(1) }, () => past.push(now));
});

function fieldOf(symbol) {
  return document.querySelector(`#fields [name="${CSS.escape(symbol)}"]`);
}

// A number in the picture or the table that may be changed leads to its field, before it shows the sum of its neuron.
part("view").addEventListener("click", (event) => {
  const number = event.target.closest(".can-change");
  if (!number) return;
  event.stopPropagation();
  part("change").open = true;
  fieldOf(number.dataset.q).focus();
  fieldOf(number.dataset.q).select();
}, true);

document.addEventListener("keydown", (event) => {
  const up = { ArrowUp: "+", ArrowDown: "-" }[event.key];
  if (up && event.target.dataset.do === "set") {
    event.preventDefault();
    send({ do: "bump", name: event.target.name, value: up });
  }
  const on = { ArrowLeft: "step-back", ArrowRight: "step-on" }[event.key];
  const free = event.target === document.body || event.target.matches("button");
  if (on && free && part(on) && !event.altKey && !event.ctrlKey && !event.metaKey) part(on).click();
});

part("change").open = !matchMedia("(max-width: 60rem)").matches; // as in lab.css
watchStep(part("view"));
watchMatrices(part("view"));
window.progress = (words) => (part("loading").textContent = words);
started.then(() => {
  const address = location.hash.slice(1);
  const begin = JSON.parse(document.body.dataset.first);
  if (!address) send(begin);
  else send({ do: "open", address }, undefined, () => { // an address that was cut short: begin, and keep what was said of it
    const words = part("error").textContent;
    send(begin, () => setTimeout(() => (part("error").textContent = words)));
  });
});
