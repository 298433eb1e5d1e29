// Python with purenet in a worker, so that the page never waits for it. It posts {progress: text} while it loads, an
// empty text with ready: true at the end, then {answer} for each request; and {broken: sentence} if it cannot go on.
const WHERE_PYTHON_ANSWERS = `
import json
from purenet.lab.answer import answer
lambda request: json.dumps(answer(json.loads(request)), allow_nan=False)
`;
const EMPTY_MODULE = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);

const load = self.fetch;
const loaded = { bytes: 0, total: 0 };

// Pyodide waits for ever for a file that is missing or of a type it does not expect, so its files are loaded here.
self.fetch = async (address, options) => {
  const name = String(address).split("/").pop();
  const response = await load(address, options).catch(() => ({}));
  if (!response.ok) throw missing(name);
  const length = response.headers.get("Content-Length") ?? NaN;
  loaded.total += response.headers.get("Content-Encoding") ? NaN : Number(length); // compressed, its size is unknown
  const type = name.endsWith(".wasm") ? "application/wasm" : "application/octet-stream";
  const body = response.body.pipeThrough(new TransformStream({ transform: count }));
  return new Response(body, { headers: { "Content-Type": type } });
};

function count(chunk, controller) {
  loaded.bytes += chunk.length;
  const [bytes, total] = [loaded.bytes, loaded.total].map((number) => Math.round(number / 1e6));
  say(`Loading Python: ${bytes}${isNaN(total) ? "" : ` of ${total}`} MB`);
  controller.enqueue(chunk);
}

let said;

function say(text) {
  if (text !== said) postMessage({ progress: text });
  said = text;
}

function broken(sentence) {
  postMessage({ broken: sentence });
  return new Error(sentence);
}

function missing(name) {
  return broken(`${name} could not be loaded: is the folder of this page whole, and the server there?`);
}

async function part(name) {
  try {
    return await import(name);
  } catch (error) {
    throw missing(name.slice(2));
  }
}

function checkWebAssembly() {
  try {
    new WebAssembly.Module(EMPTY_MODULE);
  } catch (error) {
    throw broken(
      "Python needs WebAssembly: use a recent browser, and let the web server's Content-Security-Policy, if it has " +
        "one, say 'wasm-unsafe-eval'.",
    );
  }
}

async function start() {
  checkWebAssembly();
  say("Loading Python");
  const { loadPyodide } = await part("./pyodide.js");
  const { default: createPyodideModule } = await part("./pyodide.asm.js");
  const purenet = fetch("purenet.zip").then((response) => response.arrayBuffer());
  const python = await loadPyodide({ indexURL: new URL(".", location).href, createPyodideModule });
  say("Starting purenet");
  python.unpackArchive(await purenet, "zip");
  return [python, python.runPython(WHERE_PYTHON_ANSWERS)];
}

const python = start();

onmessage = async ({ data }) => {
  const [{ ffi }, answer] = await python;
  try {
    postMessage({ answer: JSON.parse(answer(JSON.stringify(data))) });
  } catch (error) {
    console.error(error);
    const what = `This could not be answered, which is a fault of purenet: ${error.message.trim().split("\n").pop()}`;
    postMessage(error instanceof ffi.PythonError ? { answer: { error: what } } : { broken: what });
  }
};

python.then(
  () => postMessage({ progress: "", ready: true }),
  (error) => broken(`Python does not start: ${error.message.trim().split("\n").pop()}`),
);
