/* Training steps of a network of sigmoids, half squared error, in the order of purenet. The weights of a neuron are
   followed by its bias; room holds outputs, deltas and slopes, each as long as the sum of the sizes. */
#include <math.h>

static void step(const int *sizes, int count, double *weights, double *room, const double *inputs, const double *targets,
                 double rate)
{
    int total = 0;
    for (int n = 0; n < count; n++)
        total += sizes[n];
    double *outputs = room, *deltas = room + total, *slopes = room + 2 * total;

    for (int i = 0; i < sizes[0]; i++)
        outputs[i] = inputs[i];
    double *before = outputs, *w = weights;
    for (int n = 1; n < count; n++) {
        double *now = before + sizes[n - 1];
        for (int j = 0; j < sizes[n]; j++) {
            double sum = 0;
            for (int i = 0; i < sizes[n - 1]; i++)
                sum += w[i] * before[i];
            sum += w[sizes[n - 1]];
            now[j] = 1 / (1 + exp(-sum));
            w += sizes[n - 1] + 1;
        }
        before = now;
    }
    for (int k = 0; k < sizes[count - 1]; k++)
        slopes[k] = before[k] - targets[k];
    for (int n = count - 1; n > 0; n--) {
        int from = sizes[n - 1];
        double *now = before;
        before = now - from;
        w -= sizes[n] * (from + 1);
        for (int j = 0; j < sizes[n]; j++)
            deltas[j] = now[j] * (1 - now[j]) * slopes[j];
        if (n > 1)
            for (int i = 0; i < from; i++) {
                slopes[i] = 0;
                for (int j = 0; j < sizes[n]; j++)
                    slopes[i] += w[j * (from + 1) + i] * deltas[j];
            }
        for (int j = 0; j < sizes[n]; j++) {
            double *row = w + j * (from + 1);
            for (int i = 0; i < from; i++)
                row[i] -= rate * (deltas[j] * before[i]);
            row[from] -= rate * deltas[j];
        }
    }
}

/* The loop over the examples is here, so that the time of a call from Python does not count. */
void run(const int *sizes, int count, double *weights, double *room, const double *inputs, const double *targets,
         int examples, int passes, double rate)
{
    for (int n = 0; n < passes; n++)
        for (int e = 0; e < examples; e++)
            step(sizes, count, weights, room, inputs + e * sizes[0], targets + e * sizes[count - 1], rate);
}
