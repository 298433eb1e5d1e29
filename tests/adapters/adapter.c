/* A program that purenet can check, in C99 with no library but libm. Copy it to start your own.
 *
 *     cc -std=c99 -O2 -o adapter tests/adapters/adapter.c -lm            (for float instead of double: -DREAL=float)
 *     purenet golden check --all --protocol tsv --command ./adapter
 *
 * It reads one case from its standard input and writes all numbers of the training steps, a line for each name. See
 * purenet/golden/PROTOCOL.md. It is still right where a compiler may change the order of sums, as with -O3 -ffast-math.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tgmath.h> /* exp, log, … of the type of their argument */

#ifndef REAL
#define REAL double
#endif
#define IS_FLOAT (sizeof(REAL) == sizeof(float))

enum { MOST_LAYERS = 16, MOST_NEURONS = 128, MOST_WEIGHTS = MOST_NEURONS * MOST_NEURONS, MOST_EXAMPLES = 1024 };

typedef REAL Vector[MOST_NEURONS], Matrix[MOST_WEIGHTS]; /* row by row: j * input_count + i is from i to j */

typedef struct {
    char letter[8], activation[32];
    int input_count, neuron_count, weight_count, bias_count;
    Matrix weights, weight_velocities, weight_gradients, weight_sums; /* the sums are those of a step */
    Matrix weight_moments, weight_squares; /* of adam and adamw */
    Vector biases, bias_velocities, bias_sums, bias_moments, bias_squares;
    Vector net_inputs, outputs, log_outputs, output_gradients, deltas;
    const REAL *inputs;
} Layer;

static Layer layers[MOST_LAYERS], *last;
static REAL inputs[MOST_EXAMPLES][MOST_NEURONS], targets[MOST_EXAMPLES][MOST_NEURONS], batch_sizes[MOST_EXAMPLES];
static REAL learning_rate, momentum, beta1, beta2, epsilon, weight_decay, trained_biases;
static int step_count, example_count;
static char loss[32], gradient[8], descent[16] = "gradient";

static int is(const char *text, const char *other) { return strcmp(text, other) == 0; }

static REAL sigmoid(REAL x) {
    REAL power = exp(-fabs(x)); /* of a number that is not positive, so that it cannot overflow */
    return (x >= 0 ? 1 : power) / (1 + power);
}

/* ln(1 + e^x). For y = sigmoid(x), ln y = −softplus(−x) and ln(1 − y) = −softplus(x). */
static REAL softplus(REAL x) { return (x > 0 ? x : 0) + log1p(exp(-fabs(x))); }

/* Compute the outputs and their logarithms, which are finite even where an output is too small for its type. */
static void softmax(Layer *layer) {
    const REAL *x = layer->net_inputs;
    REAL largest = x[0], total = 0;
    for (int k = 1; k < layer->neuron_count; k++) largest = x[k] > largest ? x[k] : largest;
    for (int k = 0; k < layer->neuron_count; k++) total += exp(x[k] - largest);
    for (int k = 0; k < layer->neuron_count; k++) {
        layer->outputs[k] = exp(x[k] - largest) / total;
        layer->log_outputs[k] = x[k] - largest - log(total);
    }
}

static void forward(Layer *layer, const REAL *from) {
    layer->inputs = from;
    for (int j = 0; j < layer->neuron_count; j++) {
        const REAL *weights = layer->weights + j * layer->input_count;
        REAL x = 0;
        for (int i = 0; i < layer->input_count; i++) x += weights[i] * from[i];
        if (layer->bias_count) x += layer->biases[j];
        layer->net_inputs[j] = x;
        if (is(layer->activation, "identity")) layer->outputs[j] = x;
        if (is(layer->activation, "sigmoid")) layer->outputs[j] = sigmoid(x);
        if (is(layer->activation, "tanh")) layer->outputs[j] = tanh(x);
        if (is(layer->activation, "relu")) layer->outputs[j] = x > 0 ? x : 0;
        if (is(layer->activation, "leaky relu")) layer->outputs[j] = x > 0 ? x : (REAL)0.01 * x;
    }
    if (is(layer->activation, "softmax")) softmax(layer);
}

/* Compute δ = ∂E/∂x of each neuron, from ∂E/∂y. */
static void backward(Layer *layer) {
    const REAL *y = layer->outputs, *output_gradients = layer->output_gradients;
    for (int j = 0; j < layer->neuron_count; j++) {
        REAL slope = 1;
        if (is(layer->activation, "sigmoid")) slope = y[j] * (1 - y[j]);
        if (is(layer->activation, "tanh")) slope = 1 - y[j] * y[j];
        if (is(layer->activation, "relu")) slope = layer->net_inputs[j] > 0;
        if (is(layer->activation, "leaky relu")) slope = layer->net_inputs[j] > 0 ? 1 : (REAL)0.01;
        layer->deltas[j] = slope * output_gradients[j];
        if (!is(layer->activation, "softmax")) continue;
        layer->deltas[j] = 0; /* each net input changes all outputs: ∂y_k/∂x_j = y_k · ((1 if k = j) − y_j) */
        for (int k = 0; k < layer->neuron_count; k++)
            layer->deltas[j] += y[k] * ((k == j) - y[j]) * output_gradients[k];
    }
}

/* Return what Σ(y − t)² is divided by; 0 for a loss that is none of squares. */
static REAL divisor_of_squares(void) {
    if (is(loss, "half squared error")) return 2;
    if (is(loss, "squared error")) return 1;
    return is(loss, "mean squared error") ? last->neuron_count : 0;
}

static REAL quotient(REAL share, REAL probability) { return share == 0 ? 0 : share / probability; }

/* Return E, and compute ∂E/∂y and δ of the last layer: with a cross-entropy ∂E/∂y may be infinite, δ is not. */
static REAL end(const REAL *t) {
    const REAL *x = last->net_inputs, *y = last->outputs;
    REAL value = 0, divisor = divisor_of_squares(), target_sum = 0; /* the sum is 1 for classes, as a rule */
    for (int k = 0; k < last->neuron_count; k++) target_sum += t[k];
    for (int k = 0; k < last->neuron_count; k++) {
        if (divisor != 0) {
            value += (y[k] - t[k]) * (y[k] - t[k]) / divisor;
            last->output_gradients[k] = 2 * (y[k] - t[k]) / divisor;
        } else if (is(loss, "cross-entropy")) {
            value -= t[k] * last->log_outputs[k];
            last->output_gradients[k] = -quotient(t[k], y[k]);
            last->deltas[k] = y[k] * target_sum - t[k];
        } else {
            value += t[k] * softplus(-x[k]) + (1 - t[k]) * softplus(x[k]);
            last->output_gradients[k] = quotient(1 - t[k], 1 - y[k]) - quotient(t[k], y[k]);
            last->deltas[k] = y[k] - t[k];
        }
    }
    if (divisor != 0) backward(last);
    return value;
}

/* Compute what this example adds to the gradients of the step. */
static void accumulate(Layer *layer) {
    for (int j = 0; j < layer->neuron_count; j++) {
        for (int i = 0, n = j * layer->input_count; i < layer->input_count; i++, n++) {
            layer->weight_gradients[n] = layer->deltas[j] * layer->inputs[i];
            layer->weight_sums[n] += layer->weight_gradients[n];
        }
        layer->bias_sums[j] += layer->deltas[j];
    }
}

/* Compute ∂E/∂y of the layer before. */
static void pass_back(const Layer *layer, Layer *before) {
    for (int i = 0; i < layer->input_count; i++) {
        REAL total = 0;
        for (int j = 0; j < layer->neuron_count; j++)
            total += layer->weights[j * layer->input_count + i] * layer->deltas[j];
        before->output_gradients[i] = total;
    }
}

/* v ← μ · v − η · (∇w + λ · w), w ← w + v: plain gradient descent where μ and λ are 0.
 * With nesterov, w ← w + μ · v − η · (∇w + λ · w). */
static void move(REAL *values, REAL *velocities, const REAL *gradients, int count, REAL decay) {
    for (int n = 0; n < count; n++) {
        REAL change = -learning_rate * (gradients[n] + decay * values[n]);
        velocities[n] = momentum * velocities[n] + change;
        values[n] += is(descent, "nesterov") ? momentum * velocities[n] + change : velocities[n];
    }
}

/* Adam, and AdamW, in which the weights decay by themselves, as PROTOCOL.md says. */
static void adapt(REAL *values, REAL *moments, REAL *squares, const REAL *gradients, int count, REAL decay, int step) {
    for (int n = 0; n < count; n++) {
        REAL slope = is(descent, "adam") ? gradients[n] + decay * values[n] : gradients[n];
        if (is(descent, "adamw")) values[n] -= learning_rate * decay * values[n];
        moments[n] = beta1 * moments[n] + (1 - beta1) * slope;
        squares[n] = beta2 * squares[n] + (1 - beta2) * slope * slope;
        REAL root = sqrt(squares[n] / (1 - pow(beta2, (REAL)step)));
        values[n] -= learning_rate * (moments[n] / (1 - pow(beta1, (REAL)step))) / (root + epsilon);
    }
}

static void update(Layer *layer, int step) {
    Layer *l = layer;
    int bias_count = trained_biases != 0 ? l->bias_count : 0;
    if (is(descent, "adam") || is(descent, "adamw")) {
        adapt(l->weights, l->weight_moments, l->weight_squares, l->weight_sums, l->weight_count, weight_decay, step);
        adapt(l->biases, l->bias_moments, l->bias_squares, l->bias_sums, bias_count, 0, step);
    } else {
        move(l->weights, l->weight_velocities, l->weight_sums, l->weight_count, weight_decay);
        move(l->biases, l->bias_velocities, l->bias_sums, bias_count, 0);
    }
}

static const char *digits(REAL value) {
    static char text[40];
    snprintf(text, sizeof text, IS_FLOAT ? "%.9g" : "%.17g", (double)value);
    return text;
}

/* Write a line, unless a value is "inf" or "nan": isfinite() would believe -ffast-math that there are none. */
static void report(const char *place, const char *kind, const REAL *values, int count) {
    for (int n = 0; n < count; n++)
        if (strchr(digits(values[n]), 'n')) return;
    printf("%s.%s", place, kind);
    for (int n = 0; n < count; n++) printf("\t%s", digits(values[n]));
    printf("\n");
}

static REAL run_example(int step, int number) {
    char place[64];
    for (Layer *layer = layers; layer <= last; layer++) {
        forward(layer, layer == layers ? inputs[number - 1] : layer[-1].outputs);
        snprintf(place, sizeof place, "step%d.example%d.%.7s", step, number, layer->letter);
        report(place, "net_input", layer->net_inputs, layer->neuron_count);
        report(place, "output", layer->outputs, layer->neuron_count);
    }
    REAL value = end(targets[number - 1]);
    snprintf(place, sizeof place, "step%d.example%d", step, number);
    report(place, "loss", &value, 1);
    for (int l = (int)(last - layers); l >= 0; l--) {
        Layer *layer = &layers[l];
        if (layer != last) backward(layer);
        if (l > 0) pass_back(layer, &layers[l - 1]);
        accumulate(layer);
        snprintf(place, sizeof place, "step%d.example%d.%.7s", step, number, layer->letter);
        report(place, "output_gradient", layer->output_gradients, layer->neuron_count);
        report(place, "delta", layer->deltas, layer->neuron_count);
        report(place, "weight_gradients", layer->weight_gradients, layer->weight_count);
        if (layer->bias_count) report(place, "bias_gradients", layer->deltas, layer->bias_count);
    }
    return value;
}

static void run_step(int step, int first, int batch_size) {
    char place[64];
    REAL loss_sum = 0, divisor = is(gradient, "mean") ? batch_size : 1;
    for (Layer *layer = layers; layer <= last; layer++) {
        memset(layer->weight_sums, 0, sizeof layer->weight_sums);
        memset(layer->bias_sums, 0, sizeof layer->bias_sums);
    }
    for (int number = first; number < first + batch_size; number++) loss_sum += run_example(step, number);
    loss_sum /= divisor;
    snprintf(place, sizeof place, "step%d", step);
    report(place, "loss", &loss_sum, 1);
    for (Layer *layer = layers; layer <= last; layer++) {
        for (int n = 0; n < layer->weight_count; n++) layer->weight_sums[n] /= divisor;
        for (int j = 0; j < layer->bias_count; j++) layer->bias_sums[j] /= divisor;
        update(layer, step);
        snprintf(place, sizeof place, "step%d.%.7s", step, layer->letter);
        report(place, "weight_gradients", layer->weight_sums, layer->weight_count);
        report(place, "weights", layer->weights, layer->weight_count);
        if (layer->bias_count) report(place, "bias_gradients", layer->bias_sums, layer->bias_count);
        if (layer->bias_count) report(place, "biases", layer->biases, layer->bias_count);
    }
}

static void fail(const char *what, const char *problem) {
    fprintf(stderr, "adapter: %s: %s\n", what, problem);
    exit(1);
}

static char line[1 << 20];

/* Read a line, of which `line` is then the name; return 0 at the end of the case. next_field() then gives its fields. */
static int read_any_line(void) {
    if (!fgets(line, sizeof line, stdin)) return 0;
    if (strlen(line) == sizeof line - 1) fail("case", "a line is longer than 1048574 characters");
    if (!strtok(line, "\t\r\n")) fail("case", "a line is empty");
    if (is(line, "shared_bias")) exit(puts("skip\tno layer here whose neurons share a bias") < 0);
    return 1;
}

/* Read a line that begins with this name; return 0 at the end of the case. */
static int read_line(const char *name) {
    if (!read_any_line()) return 0;
    if (!is(line, name)) fail(name, "the case has another line where this one should be");
    return 1;
}

static char *next_field(void) { return strtok(NULL, "\t\r\n"); }

static void read_text(const char *name, char *text, size_t size) {
    const char *field = next_field();
    if (!field || strlen(field) >= size) fail(name, "there is no text, or it is too long");
    strcpy(text, field);
}

/* Read the other fields of a line as numbers, from `least` to `most` of them, and return how many there were. */
static int read_numbers(const char *name, REAL *numbers, int least, int most) {
    int count = 0;
    for (char *field = next_field(), *rest; field; field = next_field()) {
        if (count == most) fail(name, "more numbers than there should be, or than this program takes");
        numbers[count++] = strtod(field, &rest);
        if (*rest) fail(name, "not a number");
    }
    if (count < least) fail(name, "fewer numbers than there should be");
    return count;
}

static REAL read_setting(const char *name) {
    REAL setting;
    if (!read_line(name)) fail(name, "missing");
    read_numbers(name, &setting, 1, 1);
    return setting;
}

/* Read the line of the descent, which only cases have whose descent is another, and its settings but the weight decay. */
static void read_descent(void) {
    if (!read_any_line()) fail("momentum", "missing");
    if (is(line, "descent")) {
        read_text("descent", descent, sizeof descent);
        if (is(descent, "adam") || is(descent, "adamw")) {
            beta1 = read_setting("beta1");
            beta2 = read_setting("beta2");
            epsilon = read_setting("epsilon");
            return;
        }
        if (!is(descent, "nesterov")) exit(puts("skip\tno such descent here") < 0);
        read_any_line();
    }
    if (!is(line, "momentum")) fail("momentum", "the case has another line where this one should be");
    read_numbers("momentum", &momentum, 1, 1);
}

/* Read the lines of a case, which are always in the same order. */
static void read_case(void) {
    REAL sizes[MOST_LAYERS + 1];
    if (!read_line("case") || !read_line("loss")) fail("case", "missing");
    read_text("loss", loss, sizeof loss);
    if (read_line("gradient")) read_text("gradient", gradient, sizeof gradient);
    learning_rate = read_setting("learning_rate");
    read_descent();
    weight_decay = read_setting("weight_decay");
    trained_biases = read_setting("trained_biases");
    if (read_line("batch_sizes")) step_count = read_numbers("batch_sizes", batch_sizes, 1, MOST_EXAMPLES);
    if (!read_line("sizes")) fail("sizes", "missing");
    int layer_count = read_numbers("sizes", sizes, 2, MOST_LAYERS + 1) - 1;
    last = layers + layer_count - 1;
    for (int l = 0; l <= layer_count; l++)
        if (!(sizes[l] >= 1 && sizes[l] <= MOST_NEURONS))
            fail("sizes", "this program takes 1 to 128 neurons in a layer");
    for (Layer *layer = layers; layer <= last; layer++) {
        layer->input_count = (int)sizes[layer - layers];
        layer->neuron_count = (int)sizes[layer - layers + 1];
        layer->weight_count = layer->input_count * layer->neuron_count;
        if (!read_line("activation")) fail("activation", "missing");
        read_text("activation", layer->letter, sizeof layer->letter);
        read_text("activation", layer->activation, sizeof layer->activation);
        if (next_field()) strcpy(layer->activation, "several"); /* one for each neuron: see main */
        if (!read_line("weights") || !next_field()) fail("weights", "missing");
        read_numbers("weights", layer->weights, layer->weight_count, layer->weight_count);
        if (!read_line("biases") || !next_field()) fail("biases", "missing");
        layer->bias_count = read_numbers("biases", layer->biases, 0, layer->neuron_count);
    }
    for (; read_line("inputs"); example_count++) {
        if (example_count == MOST_EXAMPLES) fail("inputs", "this program takes 1024 examples at most");
        next_field(); /* the number of the example */
        read_numbers("inputs", inputs[example_count], layers->input_count, layers->input_count);
        if (!read_line("targets") || !next_field()) fail("targets", "missing");
        read_numbers("targets", targets[example_count], last->neuron_count, last->neuron_count);
    }
}

static const char *reason_to_skip(void) {
    for (Layer *layer = layers; layer <= last; layer++) {
        const char *name = layer->activation;
        if (!is(name, "identity") && !is(name, "sigmoid") && !is(name, "tanh") && !is(name, "relu") &&
            !is(name, "leaky relu") && !is(name, "softmax"))
            return "a layer with an activation that is not known here";
        if (layer->bias_count && layer->bias_count < layer->neuron_count) return "only some neurons have a bias";
    }
    if (divisor_of_squares() != 0) return NULL;
    if (is(loss, "cross-entropy") && is(last->activation, "softmax")) return NULL;
    if (is(loss, "binary cross-entropy") && is(last->activation, "sigmoid")) return NULL;
    return "a loss that is not known here after this activation";
}

int main(void) {
    int number = 1;
    read_case();
    if (reason_to_skip()) return printf("skip\t%s\n", reason_to_skip()) < 0;
    printf("dtype\t%s\n", IS_FLOAT ? "float32" : "float64");
    for (int step = 0; step < step_count; step++) {
        if (!(batch_sizes[step] >= 1 && number - 1 + batch_sizes[step] <= example_count))
            fail("batch_sizes", "there are not as many examples");
        run_step(step + 1, number, (int)batch_sizes[step]);
        number += (int)batch_sizes[step];
    }
    return 0;
}
