// Carries requests of the lab's page to Python in a worker, pyodide_worker.js, in sequence.
"use strict";

const { carry, started } = (() => {
  const LIMIT = 20; // seconds for one answer
  const PATIENCE = 120; // seconds without progress after which Python is taken not to start

  let python = startPython(); // the promise of a worker that answers; null after Python did not start
  const started = python.then(() => {}, () => {}); // if it fails, the answer of carry says why
  let last = started;

  function carry(request) {
    last = last.then(() => carryNow(request));
    return last;
  }

  async function carryNow(request) {
    let worker = null;
    try {
      worker = await (python ??= startPython());
      return await ask(worker, request);
    } catch (error) {
      worker?.terminate();
      python = worker && startPython();
      python?.catch(() => {}); // the next request hears of it
      return { error: error.message };
    }
  }

  function ask(worker, request) {
    return new Promise((resolve, reject) => {
      const tooLong = new Error(`That took longer than ${LIMIT} seconds and was stopped: ask for less at a time.`);
      const timer = setTimeout(reject, LIMIT * 1000, tooLong);
      worker.onmessage = ({ data }) => {
        clearTimeout(timer);
        if (data.broken) reject(new Error(data.broken));
        else resolve(data.answer);
      };
      worker.postMessage(request);
    });
  }

  function startPython() {
    return new Promise((resolve, reject) => {
      if (location.protocol === "file:") {
        throw new Error(
          "Browsers do not let a page on the disk load Python. Serve its folder: python3 -m http.server -d DIR, " +
            "or put it on any web server.",
        );
      }
      const worker = new Worker("pyodide_worker.js", { type: "module" });
      let timer;
      const fail = (sentence) => {
        clearTimeout(timer);
        worker.terminate();
        reject(new Error(sentence));
      };
      const wait = () => {
        clearTimeout(timer);
        timer = setTimeout(fail, PATIENCE * 1000, "Python does not start: reload the page, or use a recent browser.");
      };
      worker.onerror = () => fail("pyodide_worker.js could not be loaded: is the folder of this page whole?");
      worker.onmessage = ({ data }) => {
        if (data.broken) return fail(data.broken);
        wait();
        window.progress?.(data.progress);
        if (!data.ready) return;
        clearTimeout(timer);
        resolve(worker);
      };
      wait();
    });
  }

  return { carry, started };
})();
