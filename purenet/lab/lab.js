
// The page of the lab. It sends what a person does to answer.py, in the way that `carry` knows, and shows the answer:
// parts of the page as HTML. It computes no number of a network.

const part = (id) => document.getElementById(id);
const still = matchMedia("(prefers-reduced-motion: reduce)");
let state = ""; // the text in the address
let first = ""; // that of the first answer, for a reset
let past = [], future = []; // states to go back to, and forward
let waiting = null; // the last request that came while another was on its way
let busy = false, running = false, dragging = null, placed = {};

async function send(request, then = () => {}) {
  if (busy) {
    waiting = [request, then];
    return;
  }
  busy = true;
  document.body.setAttribute("aria-busy", "true");
  const answer = await carry({ state, ...request });
  busy = false;
  document.body.removeAttribute("aria-busy");
  show(answer, request, then);
  if (waiting) {
    const next = waiting;
    waiting = null;
    send(...next);
  } else if (answer.again && (running || request.do !== "run")) {
    setTimeout(() => {
      if (!waiting && !busy && (running || answer.again.do !== "run")) send(answer.again);
    }, still.matches ? 1000 : 0);
  }
}

// Begin with a capital, unless that would change a symbol, and end with a full stop.
function sentence(words) {
  const begun = /^[a-z]+ /.test(words) ? words[0].toUpperCase() + words.slice(1) : words;
  return /[.?!]$/.test(begun) ? begun : begun + ".";
}

function show(answer, request, then) {
  part("error").textContent = answer.error ? sentence(answer.error) : "";
  markField(request, answer.error);
  if (answer.error) {
    running = false;
    part("loading").hidden = true;
    return;
  }
  if (answer.file) offer(answer.file);
  if (state && (answer.undoable || answer.is_new)) {
    past.push(state);
    future = [];
  }
  state = answer.state;
  if (answer.is_new || !first) first = state;
  then();
  history.replaceState(null, "", "#" + state);
  document.title = answer.heading + ": the lab";
  part("said").textContent = answer.said;
  part("loading").hidden = true;
  part("lab").hidden = false;
  fill(answer.parts);
  mark(answer.marks);
  part("undo").disabled = past.length === 0;
  part("redo").disabled = future.length === 0;
  part("reset").disabled = state === first;
}

// Put parts of the page in place; the focus, the places of scrolled boxes and a slider that is being dragged stay.
function fill(parts) {
  const focused = document.activeElement;
  const typed = focused.matches("input:not([type=range])") && focused.value !== focused.defaultValue ? [focused.value, focused.selectionStart, focused.selectionEnd] : null;
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

function mark(marks) {
  for (const [kind, symbols] of Object.entries(marks)) {
    const chosen = new Set(symbols);
    for (const element of document.querySelectorAll("#view [data-q]")) element.classList.toggle(kind, chosen.has(element.dataset.q));
  }
}

// Let a field whose number was refused say so, beside the sentence above.
function markField(request, error) {
  for (const field of document.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
  const field = error && [...document.getElementsByName(request.name || "")].find((found) => found.dataset.do === request.do);
  if (!field) return;
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", "error");
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
  send({ do: "open", address: from[from.length - 1] }, () => {
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
  if (pressed) {
    running = pressed.dataset.runs === "yes";
    if (pressed.dataset.do !== "pause") send(request(pressed));
  } else focusField(event.target.closest("#view [data-q]"));
});
part("undo").addEventListener("click", () => go(past, future));
part("redo").addEventListener("click", () => go(future, past));
part("reset").addEventListener("click", () => {
  const now = state;
  send({ do: "open", address: first }, () => past.push(now));
});
part("link").addEventListener("click", () => {
  const done = () => (part("said").textContent = "The address of this page has the whole state: it is copied.");
  navigator.clipboard.writeText(location.href).then(done, () => {
    part("said").textContent = "The address of this page has the whole state: copy it from the address bar.";
  });
});
window.addEventListener("hashchange", () => {
  if (location.hash.slice(1) !== state) send({ do: "open", address: location.hash.slice(1) });
});

// A number in the picture or the table that may be changed leads to its field.
function focusField(element) {
  const field = element && document.querySelector(`#fields [name="${CSS.escape(element.dataset.q)}"]`);
  if (!field) return;
  part("change").open = true;
  field.focus();
  field.select();
}

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

watchStep(part("view"));
window.progress = (words) => (part("loading").textContent = words);
started.then(() => {
  const address = location.hash.slice(1);
  send(address ? { do: "open", address } : JSON.parse(document.body.dataset.first));
});
