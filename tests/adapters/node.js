// A program that purenet can check, in JavaScript for node, without packages. Copy it to start your own.
//
//     purenet golden check --all --command 'node tests/adapters/node.js'
//
// It reads one case after the other, each a line of JSON, and answers each with a line: all numbers of the training
// steps, by name. See purenet/golden/PROTOCOL.md. A network is a list of layers; the first is J, the next K, and so on.

"use strict";

const LETTERS = "IJKLMNOPQRSTUVWXYZABCDEFGH";
const PAIRS = { "cross-entropy": "softmax", "binary cross-entropy": "sigmoid" };
const DIVISORS = new Map([ // E = Σ(y − t)² / divisor, for n outputs
  ["half squared error", (n) => 2],
  ["squared error", (n) => 1],
  ["mean squared error", (n) => n],
]);

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

function sigmoid(x) {
  const power = Math.exp(-Math.abs(x)); // of a number that is not positive, so that it cannot overflow
  return (x >= 0 ? 1 : power) / (1 + power);
}

// ln(1 + e^x). For y = sigmoid(x), ln y = −softplus(−x) and ln(1 − y) = −softplus(x).
const softplus = (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

// The outputs and their logarithms, which are finite even where an output is too small for a float.
function softmax(netInputs) {
  const largest = Math.max(...netInputs);
  const powers = netInputs.map((x) => Math.exp(x - largest));
  const total = sum(powers);
  return [powers.map((power) => power / total), netInputs.map((x) => x - largest - Math.log(total))];
}

const VALUES = new Map([
  ["identity", (x) => x],
  ["sigmoid", sigmoid],
  ["tanh", Math.tanh],
  ["relu", (x) => Math.max(x, 0)],
  ["leaky relu", (x) => Math.max(x, 0.01 * x)],
]);
const SLOPES = new Map([ // in terms of the net input x and the output y
  ["identity", (x, y) => 1],
  ["sigmoid", (x, y) => y * (1 - y)],
  ["tanh", (x, y) => 1 - y * y],
  ["relu", (x, y) => (x > 0 ? 1 : 0)],
  ["leaky relu", (x, y) => (x > 0 ? 1 : 0.01)],
]);

// weights[j][i] leads from input i to neuron j; biases is null, or has a number for each neuron.
class Layer {
  constructor(number, { activation, weights, biases }) {
    this.letter = LETTERS[number % 26].repeat(Math.floor(number / 26) + 1);
    Object.assign(this, { activation, weights, biases });
    this.weightVelocities = weights.map((row) => row.map(() => 0));
    this.biasVelocities = weights.map(() => 0);
    this.steps = 0;
    this.weightMoments = weights.map((row) => row.map(() => [0, 0])); // of adam and adamw
    this.biasMoments = weights.map(() => [0, 0]);
  }

  forward(inputs) {
    this.inputs = inputs;
    this.netInputs = this.weights.map((row) => sum(row.map((weight, i) => weight * inputs[i])));
    if (this.biases) this.netInputs = this.netInputs.map((x, j) => x + this.biases[j]);
    if (this.activation === "softmax") [this.outputs, this.logOutputs] = softmax(this.netInputs);
    else this.outputs = this.netInputs.map(VALUES.get(this.activation));
    return this.outputs;
  }

  // Keep δ = ∂E/∂x of each neuron, from ∂E/∂y.
  backward(outputGradients) {
    const { netInputs, outputs } = this;
    if (this.activation === "softmax") {
      // each net input changes all outputs: ∂y_k/∂x_j = y_k · ((1 if k = j) − y_j)
      this.deltas = outputs.map((_, j) =>
        sum(outputs.map((_, k) => outputs[k] * ((k === j ? 1 : 0) - outputs[j]) * outputGradients[k])));
    } else {
      const slope = SLOPES.get(this.activation);
      this.deltas = outputGradients.map((gradient, j) => slope(netInputs[j], outputs[j]) * gradient);
    }
  }

  // This example's share of the gradients: one row for each neuron.
  weightGradients() {
    return this.deltas.map((delta) => this.inputs.map((y) => delta * y));
  }

  // ∂E/∂y of the layer before.
  inputGradients() {
    return this.inputs.map((_, i) => sum(this.deltas.map((delta, j) => this.weights[j][i] * delta)));
  }

  // v ← μ · v − η · (∇w + λ · w), w ← w + v: plain gradient descent where μ and λ are 0. Biases do not decay.
  // With nesterov, w ← w + μ · v − η · (∇w + λ · w).
  update(weightGradients, biasGradients, test) {
    const { descent, learning_rate, momentum, weight_decay, trained_biases } = test;
    if (descent === "adam" || descent === "adamw") return this.updateByMoments(weightGradients, biasGradients, test);
    const move = (values, velocities, gradients, decay) => {
      gradients.forEach((gradient, i) => {
        const change = -learning_rate * (gradient + decay * values[i]);
        velocities[i] = momentum * velocities[i] + change;
        values[i] += descent === "nesterov" ? momentum * velocities[i] + change : velocities[i];
      });
    };
    this.weights.forEach((row, j) => move(row, this.weightVelocities[j], weightGradients[j], weight_decay));
    if (this.biases && trained_biases) move(this.biases, this.biasVelocities, biasGradients, 0);
  }

  // Adam, and AdamW, in which the weights decay by themselves, as PROTOCOL.md says.
  updateByMoments(weightGradients, biasGradients, test) {
    const { descent, learning_rate, beta1, beta2, epsilon, weight_decay, trained_biases } = test;
    this.steps += 1;
    const move = (values, moments, gradients, decay) => {
      gradients.forEach((slope, i) => {
        const gradient = descent === "adam" ? slope + decay * values[i] : slope;
        if (descent === "adamw") values[i] -= learning_rate * decay * values[i];
        const m = beta1 * moments[i][0] + (1 - beta1) * gradient;
        const v = beta2 * moments[i][1] + (1 - beta2) * gradient * gradient;
        moments[i] = [m, v];
        const root = Math.sqrt(v / (1 - beta2 ** this.steps));
        values[i] -= learning_rate * (m / (1 - beta1 ** this.steps)) / (root + epsilon);
      });
    };
    this.weights.forEach((row, j) => move(row, this.weightMoments[j], weightGradients[j], weight_decay));
    if (this.biases && trained_biases) move(this.biases, this.biasMoments, biasGradients, 0);
  }
}

const quotient = (share, probability) => (share === 0 ? 0 : share / probability);

// Return E and ∂E/∂y, and let the last layer keep its δ: with a cross-entropy ∂E/∂y may be infinite, δ is not.
function end(loss, layer, targets) {
  const { netInputs, outputs } = layer;
  const differences = outputs.map((y, k) => y - targets[k]);
  if (DIVISORS.has(loss)) {
    const divisor = DIVISORS.get(loss)(targets.length);
    const slopes = differences.map((difference) => 2 * difference / divisor);
    layer.backward(slopes);
    return [sum(differences.map((difference) => difference * difference)) / divisor, slopes];
  }
  const slopes = outputs.map((y, k) => -quotient(targets[k], y));
  if (loss === "cross-entropy") {
    layer.deltas = outputs.map((y, k) => y * sum(targets) - targets[k]); // y − t, as targets add up to 1
    return [-sum(targets.map((t, k) => t * layer.logOutputs[k])), slopes];
  }
  layer.deltas = differences;
  const value = sum(targets.map((t, k) => t * softplus(-netInputs[k]) + (1 - t) * softplus(netInputs[k])));
  return [value, slopes.map((slope, k) => slope + quotient(1 - targets[k], 1 - outputs[k]))];
}

// Go forward and backward for one example, add its values to the others, and return its loss.
function runExample(layers, loss, { inputs, targets }, values, place) {
  let outputs = inputs;
  for (const layer of layers) {
    outputs = layer.forward(outputs);
    values[`${place}.${layer.letter}.net_input`] = layer.netInputs;
    values[`${place}.${layer.letter}.output`] = outputs;
  }
  const last = layers[layers.length - 1];
  let outputGradients;
  [values[`${place}.loss`], outputGradients] = end(loss, last, targets);
  for (const layer of [...layers].reverse()) {
    if (layer !== last) layer.backward(outputGradients);
    values[`${place}.${layer.letter}.output_gradient`] = outputGradients;
    values[`${place}.${layer.letter}.delta`] = layer.deltas;
    values[`${place}.${layer.letter}.weight_gradients`] = layer.weightGradients();
    if (layer.biases) values[`${place}.${layer.letter}.bias_gradients`] = layer.deltas;
    outputGradients = layer.inputGradients();
  }
  return values[`${place}.loss`];
}

// Return the values of all training steps: an object of numbers and nested lists, by name.
function run(test) {
  const layers = test.network.layers.map((layer, n) => new Layer(n + 1, layer));
  const values = {};
  let number = 0;
  test.batch_sizes.forEach((batchSize, n) => {
    const step = `step${n + 1}`;
    const losses = [];
    const gradients = layers.map(() => []); // of each layer a list, of each example: rows of weights, then of biases
    for (const example of test.examples.slice(number, number + batchSize)) {
      number += 1;
      losses.push(runExample(layers, test.network.loss, example, values, `${step}.example${number}`));
      layers.forEach((layer, l) => gradients[l].push([...layer.weightGradients(), layer.deltas]));
    }
    const combine = (numbers) => sum(numbers) / (test.gradient === "mean" ? batchSize : 1);
    values[`${step}.loss`] = combine(losses);
    layers.forEach((layer, l) => {
      const place = `${step}.${layer.letter}`;
      const rows = gradients[l][0].map((row, j) => row.map((_, i) => combine(gradients[l].map((of) => of[j][i]))));
      const biasGradients = rows.pop();
      layer.update(rows, biasGradients, test);
      values[`${place}.weight_gradients`] = rows;
      values[`${place}.weights`] = layer.weights.map((row) => [...row]);
      if (layer.biases) values[`${place}.bias_gradients`] = biasGradients;
      if (layer.biases) values[`${place}.biases`] = [...layer.biases];
    });
  });
  return values;
}

// Return what a case has that is not known here, or null.
function reasonToSkip({ network: { layers, loss }, descent = "gradient" }) {
  if (!["gradient", "nesterov", "adam", "adamw"].includes(descent)) return `no descent ${descent} here`;
  for (const { activation, biases, shared_bias: sharesBias } of layers) {
    if (!VALUES.has(activation) && activation !== "softmax") return `no layer with the activation ${activation} here`;
    if (biases && biases.includes(null)) return "no layer here where only some neurons have a bias";
    if (sharesBias) return "no layer here whose neurons share a bias";
  }
  const last = layers[layers.length - 1].activation;
  return DIVISORS.has(loss) || PAIRS[loss] === last ? null : `no ${loss} after ${last} here`;
}

function answer(question) {
  if (question.cmd === "start") {
    return { version: 1, implementation: { name: "node", language: "javascript" }, dtype: "float64" };
  }
  const { seq } = question;
  const reason = reasonToSkip(question.case);
  return reason ? { seq, skipped: true, message: reason } : { seq, values: run(question.case) };
}

require("readline").createInterface({ input: process.stdin }).on("line", (line) => {
  const question = JSON.parse(line);
  if (question.cmd === "stop") process.stdin.destroy(); // process.exit() might lose what is not written yet
  else process.stdout.write(JSON.stringify(answer(question)) + "\n"); // a number that is not finite becomes null
});
