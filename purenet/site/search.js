// Search the entries of search_index.js as one types: [title, address, kind, words], and TWINS, the ASCII of each sign.
"use strict";

const MOST = 40; // results that are shown
const AROUND = 90; // signs before and after what is found
const BONUS = { chapter: 4, guide: 3, reference: 3, mistake: 2 }; // of pages that explain
const field = document.getElementById("words");
const found = document.getElementById("found");
const results = document.getElementById("results");
const usual = found.innerHTML;

// Text as it is compared: in small letters, δ and delta alike, and δ_j1 as delta_j1.
const plain = (text) => [...text.toLowerCase()].map((sign) => TWINS[sign] ?? sign).join("");
const entries = ENTRIES.map(([title, address, kind, words]) => ({
  title, address, kind, words, head: plain(title), body: plain(words),
}));

const isLetter = (sign) => sign !== undefined && /[\p{L}\p{N}]/u.test(sign);

// How well an entry fits a word: in its title, at the beginning of a word, anywhere; 0 where it is not.
function fit(text, word) {
  let best = 0;
  for (let at = text.indexOf(word); at >= 0 && best < 3; at = text.indexOf(word, at + 1)) {
    const starts = !isLetter(text[at - 1]);
    best = Math.max(best, starts ? (isLetter(text[at + word.length]) ? 2 : 3) : 1);
  }
  return best;
}

function score(entry, words) {
  let total = 0;
  for (const word of words) {
    const points = Math.max(4 * fit(entry.head, word), fit(entry.body, word));
    if (points === 0) return 0;
    total += points;
  }
  const whole = words.join(" ");
  return total + (BONUS[entry.kind] ?? 0) + (entry.head === whole ? 40 : 0) + (words.length > 1 && entry.body.includes(whole) ? 8 : 0);
}

// The words around a place that is found, with that marked: of a word that is not in the title, if there is one.
function excerpt(entry, words) {
  const line = document.createElement("p");
  const signs = [...entry.words];
  const lengths = signs.map((sign) => plain(sign).length);
  const there = words.filter((word) => entry.body.includes(word));
  const word = there.find((word) => !entry.head.includes(word)) ?? there[0] ?? "";
  const [start, length] = [entry.body.indexOf(word), word.length];
  let from = 0;
  for (let at = 0; from < signs.length && at < start; from += 1) at += lengths[from];
  let to = from;
  for (let at = 0; to < signs.length && at < length; to += 1) at += lengths[to];
  const first = Math.max(0, from - AROUND);
  const mark = document.createElement("mark");
  mark.textContent = signs.slice(from, to).join("");
  line.append(first ? "… " : "", signs.slice(first, from).join(""), ...(length ? [mark] : []));
  line.append(signs.slice(to, to + AROUND).join(""), to + AROUND < signs.length ? " …" : "");
  return line;
}

function item(entry, words) {
  const link = document.createElement("a");
  link.href = entry.address;
  link.textContent = entry.title;
  const kind = document.createElement("span");
  kind.className = "kind";
  kind.textContent = " " + entry.kind;
  const row = document.createElement("li");
  row.append(link, kind, excerpt(entry, words));
  return row;
}

function search() {
  const words = plain(field.value).split(/\s+/).filter(Boolean);
  const hits = words.length === 0 ? [] : entries.map((entry) => [score(entry, words), entry]).filter(([points]) => points);
  hits.sort((one, other) => other[0] - one[0]);
  results.replaceChildren(...hits.slice(0, MOST).map(([, entry]) => item(entry, words)));
  if (words.length === 0) found.innerHTML = usual;
  else if (hits.length === 0) found.textContent = `Nothing is found for “${field.value.trim()}”.`;
  else found.textContent = `${hits.length} found` + (hits.length > MOST ? `; the best ${MOST}:` : ":");
  history.replaceState(null, "", words.length ? "#" + encodeURIComponent(field.value.trim()) : location.pathname);
}

// The arrow keys go from the field through the results and back.
function move(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  const stops = [field, ...results.querySelectorAll("a")];
  const next = stops[stops.indexOf(document.activeElement) + step];
  if (next) next.focus();
  event.preventDefault();
}

field.addEventListener("input", search);
document.addEventListener("keydown", move);
document.getElementById("search").addEventListener("submit", (event) => {
  event.preventDefault();
  const first = results.querySelector("a");
  if (first) first.click();
});
if (location.hash) field.value = decodeURIComponent(location.hash.slice(1));
if (field.value) search();
