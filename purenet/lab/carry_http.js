// Carry requests of the page to the server of `purenet lab`, which answers at the address "answer" beside the page.
"use strict";

const started = Promise.resolve();
const LONGEST = 120_000; // milliseconds; the server itself gives up an answer after 10 seconds, others may wait before it

async function carry(request) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), LONGEST);
  try {
    const response = await fetch("answer", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(request),
      credentials: "omit",
      redirect: "error",
      signal: patience.signal,
    });
    return answerIn(await response.text());
  } catch {
    const late = "The lab has not answered for two minutes: stop it with Ctrl-C, and start it again with `purenet lab`.";
    const stopped = "The lab was stopped: start it again with `purenet lab`, and open the address that it prints.";
    return { error: patience.signal.aborted ? late : stopped };
  } finally {
    clearTimeout(timer);
  }
}

function answerIn(text) {
  try {
    const answer = JSON.parse(text);
    if (answer !== null && typeof answer === "object" && !Array.isArray(answer)) return answer;
  } catch {} // said below
  return { error: "Something else answers at the lab's address: start it again with `purenet lab`, and open the address that it prints." };
}
