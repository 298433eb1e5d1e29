// Judges answers to exercises from the data in their elements, as purenet/book/number_answer.py does in Python.
"use strict";

const NUMBER = /^[+-]?(?:[0-9]+\.?([0-9]*)|\.([0-9]+))(?:[eE]([+-]?[0-9]{1,4}))?$/;
const IN_THOUSANDS = /^[+-]?[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]*)?$/; // 60,000, but not 0,227
const WITH_COMMAS = /^[+−-]?[0-9]*(?:,[0-9]+)+(?:\.[0-9]*)?$/;
const HAS_COMMA = "has a comma, where a number has a point or nothing";
const MOST_REASONS = 3;

function watchExercise(exercise) {
  const data = exercise.querySelector('script[type="application/json"]');
  if (data === null) return;
  const form = exercise.querySelector("form"), verdict = form.querySelector(".verdict");
  form.querySelector("button").hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const [isRight, words] = judged(JSON.parse(data.textContent), new FormData(form).get("answer") ?? "");
    verdict.dataset.verdict = isRight ? "right" : "wrong";
    verdict.replaceChildren(...sentence(words).split("`").map((part, n) => n % 2 ? codeOf(part) : part));
  });
}

// Returns words as a sentence; what cannot be judged is told in a terminal as part of a longer one.
function sentence(words) {
  return words.endsWith(".") ? words : `${words[0].toUpperCase()}${words.slice(1)}.`;
}

function codeOf(text) {
  const code = document.createElement("code");
  code.textContent = text;
  return code;
}

// Returns whether an answer is right, and what is said of it.
function judged(data, text) {
  if (data.kind === "choice") {
    const words = data.words[text];
    return words ? [text === data.right, words] : [false, unusable(text, "is none of the options", data)];
  }
  text = text.trim();
  const shown = [...text].slice(0, 60).join("");
  const [value, own] = numberAndUnit(text.replaceAll("−", "-"));
  if (value === null) return [false, unusable(shown, WITH_COMMAS.test(text) ? HAS_COMMA : "is not a number", data)];
  if (data.low <= value && value <= data.high) return [true, `${shown} is right.`];
  return [false, `${shown} ${fault(data, value, own)}`];
}

function unusable(text, problem, data) {
  return `${text ? `"${text}" ${problem}` : "there is no answer yet"}: answer with ${data.how}`;
}

function fault(data, value, own) {
  for (const [number, room, sentence] of data.wrong)
    if (Math.abs(value - number) <= room) return `is not right. ${sentence}`;
  if (data.low <= -value && -value <= data.high) return "has the wrong sign: its digits are right.";
  if (isShort(data, value, own)) return `has too few digits: answer with ${data.how}.`;
  const near = ([number, room]) => Math.abs(value - number) <= room;
  const others = data.others.filter(near).slice(0, MOST_REASONS).map((other) => other[2]);
  return "is not right." + (others.length ? ` This is ${others.join(" or ")}.` : "") + mayBe(data.mistakes.filter(near));
}

// Returns whether a number is right to its own digits, and these are fewer than asked.
function isShort(data, value, own) {
  const off = Math.max(data.low - value, value - data.high);
  return 0 < data.unit && 1.5 * data.unit < own && own <= 1 && off <= (own < 1 ? own : own / 2);
}

function mayBe(found) {
  if (found.length === 0) return "";
  const sentences = found.slice(0, MOST_REASONS).map((mistake) => mistake[2]).join(" Or this: ");
  const which = found.length === 1 ? "it" : "the first";
  return ` It may be this: ${sentences} \`purenet mistakes ${found[0][3]}\` explains ${which}.`;
}

// Returns the number in a text and what its last digit is worth; null and 0 if it is no number.
function numberAndUnit(text) {
  if (IN_THOUSANDS.test(text)) text = text.replaceAll(",", "");
  const match = NUMBER.exec(text);
  if (match === null) return [null, 0];
  const decimals = (match[1] ?? match[2] ?? "").length;
  return [Number(text), Number(`1e${Number(match[3] ?? 0) - decimals}`)];
}

if (typeof document !== "undefined") document.querySelectorAll("section.exercise").forEach(watchExercise);
