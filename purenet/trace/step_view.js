// Let the steps of a trace in an element answer to the pointer and the keyboard, those, too, that are put into it later:
//   watchStep(root)
// - Pointing at a quantity, or moving the focus to its row, lights it wherever it is; a row lights its operands as well.
// - A click on a neuron shows its sum alone; a second click, or Escape, shows all again.
// - A picture is scrolled to what is computed now, and fades at its ends where there is more.
// It returns { choose }, a function of the name of a neuron, or null for all; the element gets an event "neuronchosen"
// whose `detail` is that name when a person has chosen.
"use strict";

const watchStep = (() => {
  const FADE = 24; // pixels at the edge of a box that fade, as in step_view.css
  const [LINE, PAIR] = [17, 155]; // between labels in an upright picture
  const narrow = matchMedia("(max-width: 40rem)"); // as in step_view.css
  const RESULTS = ".cell.now, .label.now";
  const OPERANDS = '.cell.operand, .label.operand[data-q*="_"]'; // not the settings, which are in the legend

  // The symbol without the numbers of neurons: δ_j of δ_j1.
  const kindOf = (symbol) => symbol.replace(/_[a-z0-9]+/, (subscript) => subscript.replace(/[0-9]/g, ""));

  // The weight, bias or target, without marks of steps and examples, to whose edge the symbol of a quantity belongs.
  function edgeOf(symbol) {
    const plain = symbol.replace(/[\u207a\u207d\u207e\u2070\u00b9\u00b2\u00b3\u2074-\u2079]+$/, "");
    const parameter = plain.replace(/^\u2207/, "").replace(/^v_(?=[a-z]+\d+[a-z])/, "w_").replace(/^v_/, "b_");
    return parameter.replace(/^\u2202E\/\u2202y/, "t");
  }

  // The neurons in a subscript: i1 and j1 of w_i1j1.
  const neuronsOf = (symbol) => symbol.match(/[a-z]+\d+/g) || [];

  function light(root, target) {
    const source = target && target.closest("[data-q], [data-kind], [data-edge]");
    const { q, kind, edge, uses } = source ? source.dataset : {};
    const lit = new Set(uses ? [q, ...uses.split(" ")] : [q]);
    const isLit = (symbol) =>
      edge ? edgeOf(symbol) === edgeOf(edge) : kind ? kindOf(symbol) === kind : lit.has(symbol);
    const isHere = (element) => !source || !source.matches("tr") || [null, source].includes(element.closest("tr"));
    const edges = new Set();
    for (const element of root.querySelectorAll("[data-q]")) {
      const same = Boolean(source) && isLit(element.dataset.q) && isHere(element);
      element.classList.toggle("lit", same);
      if (same) edges.add(edgeOf(element.dataset.q));
    }
    for (const element of root.querySelectorAll("[data-kind]")) {
      element.classList.toggle("lit", Boolean(source) && (kind || (q && kindOf(q))) === element.dataset.kind);
    }
    for (const element of root.querySelectorAll("[data-edge]")) {
      element.classList.toggle("lit", Boolean(source) && edges.has(edgeOf(element.dataset.edge)));
    }
  }

  // Scroll a picture to what is computed now, with its operands if there is room for all.
  function follow(box) {
    const frame = box.getBoundingClientRect();
    const rectangles = (states) =>
      [...box.querySelectorAll(states)]
        .filter((element) => getComputedStyle(element).visibility !== "hidden")
        .map((element) => element.getBoundingClientRect())
        .filter((rect) => rect.width > 0);
    const results = rectangles(RESULTS);
    if (results.length === 0) return;
    const sets = [[...results, ...rectangles(OPERANDS)], results, results.slice(0, 1)];
    const moved = (from, to, start, size, margin) => {
      const ends = sets.map((set) => [Math.min(...set.map((r) => r[from])), Math.max(...set.map((r) => r[to]))]);
      const margins = [2 * margin, 0, 0]; // around results alone, what fades may be nothing
      const [low, high] = ends.find(([low, high], n) => high - low <= size - margins[n]) || ends[sets.length - 1];
      return (low + high) / 2 - start - size / 2;
    };
    box.scrollLeft += moved("left", "right", frame.left, box.clientWidth, box.scrollWidth > box.clientWidth ? FADE : 0);
    box.scrollTop += moved("top", "bottom", frame.top, box.clientHeight, 4);
  }

  // Let a box fade at the ends where there is more.
  function mark(box) {
    box.classList.toggle("more-left", box.scrollLeft > 1);
    box.classList.toggle("more-right", box.scrollLeft < box.scrollWidth - box.clientWidth - 1);
  }

  // The labels of the results of a sum, else of its operands, two in a line, from a place on.
  function pairs(sum, x, y) {
    const results = sum.querySelectorAll(".label.now");
    return [...(results.length ? results : sum.querySelectorAll(".label"))].map((label, n) => {
      const copy = label.cloneNode(true);
      const first = copy.querySelector("text");
      const [right, down] = [x + (n % 2) * PAIR - first.getAttribute("x"), y + (n >> 1) * LINE - first.getAttribute("y")];
      copy.setAttribute("transform", `translate(${right} ${down})`);
      return copy;
    });
  }

  // Make the upright picture of a step, for a narrow screen: what its other picture shows, in the same states.
  function standUp(box) {
    const lying = box.querySelector("svg.lying");
    const template = document.getElementById(box.dataset.upright);
    if (!template || box.querySelector("svg.upright")) return false;
    const upright = template.content.firstElementChild.cloneNode(true);
    upright.setAttribute("aria-labelledby", lying.getAttribute("aria-labelledby"));
    const twin = (selector) => lying.querySelector(selector);
    const take = (element, selector) => {
      const same = twin(selector);
      if (same) element.setAttribute("class", same.getAttribute("class"));
      else element.remove();
      return same;
    };
    for (const sum of upright.querySelectorAll("[data-sum]")) {
      const same = take(sum, `[data-sum="${sum.dataset.sum}"][data-way="${sum.dataset.way}"]`);
      const [edge, other] = [sum.querySelector(".edge"), same && same.querySelector(".edge")];
      if (same && edge && !edge.dataset.edge) take(edge, `[data-sum="${sum.dataset.sum}"] .edge`);
      if (same && !other.querySelector(".arrow") && edge.querySelector(".arrow")) edge.querySelector(".arrow").remove();
      if (same && sum.dataset.block) sum.append(...pairs(same, ...sum.dataset.block.split(" ").map(Number)));
    }
    for (const element of upright.querySelectorAll("[data-q]:not([transform])")) {
      const same = take(element, `[data-q="${element.dataset.q}"]`);
      const [frame, number] = [element.querySelector("rect"), element.querySelector(".value, .number")];
      if (same && !same.querySelector(".value, .number") && number) number.remove();
      if (same && !same.querySelector("rect") && frame) frame.remove();
    }
    for (const edge of upright.querySelectorAll("[data-edge]")) {
      const same = take(edge, `[data-edge="${edge.dataset.edge}"]`);
      const arrow = edge.querySelector(".arrow");
      if (same && arrow && !same.querySelector(".arrow")) arrow.remove();
    }
    for (const cell of upright.querySelectorAll(".function")) {
      const neuron = cell.closest("[data-neuron]").dataset.neuron;
      take(cell, `[data-neuron="${neuron}"] .function`);
    }
    for (const peers of upright.querySelectorAll(".peers")) take(peers, ".peers");
    lying.after(upright);
    return true;
  }

  // Show the sum of one neuron alone, or, for null, of all.
  function isolate(root, neuron) {
    const rows = [...root.querySelectorAll("tbody tr[data-q]")];
    const own = rows.filter((row) => neuronsOf(row.dataset.q).pop() === neuron);
    const shown = new Set(own.flatMap((row) => [row.dataset.q, ...(row.dataset.uses || "").split(" ")]));
    const outward = own.some((row) => row.dataset.q.startsWith("\u03b4")); // a hidden delta comes from the edges that leave
    const isOwn = (symbol) => {
      const ends = neuronsOf(symbol);
      return shown.has(symbol) || ends.length === 0 || ends[outward && ends.length > 1 ? 0 : ends.length - 1] === neuron;
    };
    root.classList.toggle("isolating", neuron !== null);
    root.classList.toggle("has-rows", own.length > 0);
    for (const row of rows) row.classList.toggle("own", own.includes(row));
    for (const element of root.querySelectorAll("svg [data-q]")) {
      element.classList.toggle("own", isOwn(element.dataset.q));
    }
    for (const element of root.querySelectorAll("svg [data-edge]")) {
      element.classList.toggle("own", isOwn(element.dataset.edge));
    }
    for (const element of root.querySelectorAll("svg [data-sum]")) {
      element.classList.toggle("own", element.dataset.sum === neuron);
    }
    for (const element of root.querySelectorAll("svg [data-neuron]")) {
      element.setAttribute("aria-pressed", String(element.dataset.neuron === neuron));
    }
  }

  // Make what is new in an element ready: rows and neurons can have the focus, edges are wide enough to be pointed at.
  function prepare(root, resized, marked) {
    for (const row of root.querySelectorAll("tbody tr[data-q]:not([tabindex])")) row.tabIndex = 0;
    for (const box of root.querySelectorAll("svg [data-neuron]:not([role])")) {
      box.setAttribute("role", "button");
      box.setAttribute("tabindex", "0");
      box.setAttribute("aria-label", `Neuron ${box.dataset.neuron}: its sum alone`);
      box.ownerSVGElement.setAttribute("role", "group");
    }
    for (const path of root.querySelectorAll(".edge[data-edge] > .line:first-child:not(:has(~ .hit))")) {
      const hit = path.cloneNode();
      hit.setAttribute("class", "hit");
      path.after(hit);
    }
    for (const box of root.querySelectorAll(".scroll")) {
      resized.observe(box); // does nothing for a box that is observed already
      box.removeEventListener("scroll", marked);
      box.addEventListener("scroll", marked, { passive: true });
    }
  }

  return (root) => {
    let chosen = null;
    const show = (box) => {
      if (box.matches(".picture")) {
        if (narrow.matches && box.clientWidth && standUp(box)) start();
        follow(box);
      }
      mark(box);
    };
    const resized = new ResizeObserver((entries) => entries.forEach((entry) => show(entry.target))); // or was shown
    const marked = (event) => mark(event.currentTarget);
    const choose = (neuron) => {
      chosen = neuron;
      isolate(root, chosen);
      root.querySelectorAll(".scroll").forEach(show);
    };
    const toggle = (target) => {
      const neuron = target.closest("svg [data-neuron]");
      if (!neuron) return false;
      choose(neuron.dataset.neuron === chosen ? null : neuron.dataset.neuron);
      root.dispatchEvent(new CustomEvent("neuronchosen", { bubbles: true, detail: chosen }));
      return true;
    };
    const start = () => {
      prepare(root, resized, marked);
      isolate(root, chosen);
    };
    root.addEventListener("pointerover", (event) => light(root, event.target));
    root.addEventListener("pointerleave", () => light(root, null));
    root.addEventListener("focusin", (event) => light(root, event.target));
    root.addEventListener("focusout", () => light(root, null));
    root.addEventListener("click", (event) => toggle(event.target));
    root.addEventListener("keydown", (event) => {
      if ((event.key === "Enter" || event.key === " ") && toggle(event.target)) event.preventDefault();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || chosen === null) return;
      choose(null);
      root.dispatchEvent(new CustomEvent("neuronchosen", { bubbles: true, detail: null }));
    });
    new MutationObserver((changes) => {
      const added = changes.flatMap((change) => [...change.addedNodes]);
      if (added.some((node) => node.nodeType === 1 && !node.matches(".hit"))) start();
    }).observe(root, { childList: true, subtree: true });
    root.classList.add("watched");
    start();
    return { choose };
  };
})();
