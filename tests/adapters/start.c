/* A start in C: put your own network in the place of `train`, and let `main` report what yours computes.
 *
 *     cc -o start tests/adapters/start.c -lm
 *     purenet golden check xor-2-4-1 --protocol tsv --command ./start
 */

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LAYERS = 8, SIZE = 64 }; /* the most that this program takes */

static int layer_count, sizes[LAYERS + 1], has_biases[LAYERS]; /* sizes[0] is that of the inputs */
static double weights[LAYERS][SIZE * SIZE]; /* weights[layer][j * sizes[layer] + i] leads from input i to neuron j */
static double biases[LAYERS][SIZE], outputs[LAYERS + 1][SIZE], learning_rate;

/* Your network here. This one has sigmoid layers and half squared error: do one step, and return the loss. */
static double train(const double *inputs, const double *targets) {
    double slopes[SIZE], deltas[SIZE], loss = 0;
    memcpy(outputs[0], inputs, sizeof outputs[0]);
    for (int l = 0; l < layer_count; l++)
        for (int j = 0; j < sizes[l + 1]; j++) {
            double x = 0;
            for (int i = 0; i < sizes[l]; i++) x += weights[l][j * sizes[l] + i] * outputs[l][i];
            outputs[l + 1][j] = 1 / (1 + exp(-x - biases[l][j]));
        }
    for (int k = 0; k < sizes[layer_count]; k++) {
        slopes[k] = outputs[layer_count][k] - targets[k];
        loss += slopes[k] * slopes[k] / 2;
    }
    for (int l = layer_count - 1; l >= 0; l--) {
        for (int j = 0; j < sizes[l + 1]; j++)
            deltas[j] = slopes[j] * outputs[l + 1][j] * (1 - outputs[l + 1][j]);
        memset(slopes, 0, sizeof slopes);
        for (int j = 0; j < sizes[l + 1]; j++) {
            for (int i = 0; i < sizes[l]; i++) {
                slopes[i] += weights[l][j * sizes[l] + i] * deltas[j];
                weights[l][j * sizes[l] + i] -= learning_rate * deltas[j] * outputs[l][i];
            }
            if (has_biases[l]) biases[l][j] -= learning_rate * deltas[j];
        }
    }
    return loss;
}

static char line[1 << 20];
static double numbers[SIZE * SIZE + 1]; /* those of the line */

static void skip_unless(int condition, const char *reason) {
    if (!condition) exit(printf("skip\t%s\n", reason) < 0);
}

/* Read a line, a name and fields with tabs between, and return how many of these are numbers; -1 after the last line. */
static int read_line(const char *name) {
    int count = 0;
    if (!fgets(line, sizeof line, stdin)) return -1;
    skip_unless(!strncmp(line, name, strlen(name)), "a line that is not known here");
    for (char *at = line, *end; (at = strchr(at, '\t')); count += end > at) {
        skip_unless(count < SIZE * SIZE, "larger than this program takes");
        numbers[count] = strtod(++at, &end);
    }
    return count;
}

static void report(int n, const char *name, char letter, const double *values, int count) {
    printf("step%d.", n);
    printf(name, letter);
    for (int i = 0; i < count; i++) printf("\t%.17g", values[i]);
    printf("\n");
}

/* Read the lines of a case, which are always in this order, and train on each example as it comes. */
int main(void) {
    double inputs[SIZE];
    read_line("case");
    read_line("loss"), skip_unless(strstr(line, "\thalf squared error") != NULL, "only half squared error");
    read_line("gradient");
    read_line("learning_rate"), learning_rate = numbers[0];
    read_line("momentum"), skip_unless(numbers[0] == 0, "no momentum");
    read_line("weight_decay"), skip_unless(numbers[0] == 0, "no weight decay");
    read_line("trained_biases"), skip_unless(numbers[0] == 1, "biases are trained");
    for (int n = read_line("batch_sizes"); n > 0; n--) skip_unless(numbers[n - 1] == 1, "one example at a time");
    layer_count = read_line("sizes") - 1;
    skip_unless(layer_count <= LAYERS, "larger than this program takes");
    for (int l = 0; l <= layer_count; l++) {
        skip_unless(numbers[l] <= SIZE, "larger than this program takes");
        sizes[l] = (int)numbers[l];
    }
    for (int l = 0; l < layer_count; l++) {
        read_line("activation"), skip_unless(strstr(line, "\tsigmoid\n") != NULL, "only sigmoid layers");
        read_line("weights"), memcpy(weights[l], numbers, sizeof weights[l]);
        has_biases[l] = read_line("biases"), memcpy(biases[l], numbers, sizeof biases[l]);
        skip_unless(!has_biases[l] || has_biases[l] == sizes[l + 1], "a bias for each neuron");
        for (int j = 0; j < SIZE; j++) biases[l][j] = has_biases[l] ? biases[l][j] : 0;
    }
    for (int n = 1; read_line("inputs") > 0; n++) {
        memcpy(inputs, numbers + 1, sizeof inputs); /* the first is the number of the example */
        read_line("targets");
        double loss = train(inputs, numbers + 1);
        report(n, "loss", 0, &loss, 1);
        for (int l = 0; l < layer_count; l++) {
            report(n, "%c.weights", 'J' + l, weights[l], sizes[l] * sizes[l + 1]);
            if (has_biases[l]) report(n, "%c.biases", 'J' + l, biases[l], sizes[l + 1]);
        }
    }
    return 0;
}
