// A start in JavaScript: put your own network in the place of Network, and let train() report what yours computes.
//
//     purenet golden check xor-2-4-1 --command 'node tests/adapters/start.js'

"use strict";

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

// Your network here. This one has sigmoid layers and half squared error, and trains on one example at a time.
class Network {
  constructor(layers, learningRate) {
    this.weights = layers.map((layer) => layer.weights); // weights[layer][j][i] leads from input i to neuron j
    this.biases = layers.map((layer) => layer.biases); // null where a layer has none
    this.learningRate = learningRate;
  }

  // Do one step, and return the outputs and the loss.
  train(inputs, targets) {
    const outputs = [inputs];
    this.weights.forEach((weights, l) => {
      const sums = weights.map((row) => sum(row.map((w, i) => w * outputs[l][i])));
      const biases = this.biases[l] || sums.map(() => 0);
      outputs.push(sums.map((x, j) => 1 / (1 + Math.exp(-x - biases[j]))));
    });
    const last = outputs[outputs.length - 1];
    let slopes = last.map((y, k) => y - targets[k]);
    const loss = sum(slopes.map((slope) => slope * slope)) / 2;
    for (let l = this.weights.length - 1; l >= 0; l -= 1) {
      const weights = this.weights[l], biases = this.biases[l], before = outputs[l];
      const deltas = outputs[l + 1].map((y, j) => slopes[j] * y * (1 - y));
      slopes = before.map((_, i) => sum(weights.map((row, j) => row[i] * deltas[j])));
      this.weights[l] = weights.map((row, j) => row.map((w, i) => w - this.learningRate * deltas[j] * before[i]));
      if (biases) this.biases[l] = biases.map((b, j) => b - this.learningRate * deltas[j]);
    }
    return [last, loss];
  }
}

// Return values by name, any that you have, or a reason to skip the case.
function train(test) {
  const { layers, loss } = test.network;
  const isPlain = !test.descent && !test.momentum && !test.weight_decay && test.trained_biases;
  if (layers.some((layer) => layer.activation !== "sigmoid")) return "only sigmoid layers";
  if (loss !== "half squared error") return "only half squared error";
  if (!isPlain || test.batch_sizes.some((size) => size !== 1)) return "only plain descent, one example at a time";
  const network = new Network(layers, test.learning_rate), values = {};
  test.examples.forEach(({ inputs, targets }, e) => {
    const n = e + 1;
    const [outputs, loss] = network.train(inputs, targets);
    values[`step${n}.loss`] = loss;
    values[`step${n}.example${n}.${"JKLMNOP"[layers.length - 1]}.output`] = outputs;
    layers.forEach((_, l) => {
      values[`step${n}.${"JKLMNOP"[l]}.weights`] = network.weights[l];
      if (network.biases[l]) values[`step${n}.${"JKLMNOP"[l]}.biases`] = network.biases[l];
    });
  });
  return values;
}

require("readline").createInterface({ input: process.stdin }).on("line", (line) => {
  const { cmd, seq, case: test } = JSON.parse(line);
  if (cmd === "start") console.log(JSON.stringify({ version: 1 }));
  if (cmd !== "run") return;
  const found = train(test);
  const answer = typeof found === "string" ? { skipped: true, message: found } : { values: found };
  console.log(JSON.stringify({ seq, ...answer }));
});
