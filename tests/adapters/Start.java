/* A start in Java: put your own network in the place of `Network`, and let `main` report what yours computes.
 *
 *     purenet golden check xor-2-4-1 --protocol tsv --command 'java tests/adapters/Start.java'
 */

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Scanner;
import java.util.stream.Collectors;

public class Start {
    static final String KNOWN = "loss\thalf squared error|activation\t.\tsigmoid|(momentum|weight_decay)\t0|"
        + "trained_biases\t1|batch_sizes(\t1)+"; // all other lines of a case that this network can do

    /** Your network here. This one has sigmoid layers and half squared error, and trains on one example at a time. */
    static class Network {
        List<double[][]> weights = new ArrayList<>(); // weights[layer][j][i] leads from input i to neuron j
        List<double[]> biases = new ArrayList<>(); // none where a layer has none
        double learningRate;

        /** Do one step, and return the loss. */
        double train(double[] inputs, double[] targets) {
            List<double[]> outputs = new ArrayList<>(List.of(inputs));
            for (int l = 0; l < weights.size(); l++) {
                double[] y = new double[weights.get(l).length];
                for (int j = 0; j < y.length; j++) {
                    double x = biases.get(l).length == 0 ? 0 : biases.get(l)[j];
                    for (int i = 0; i < outputs.get(l).length; i++) x += weights.get(l)[j][i] * outputs.get(l)[i];
                    y[j] = 1 / (1 + Math.exp(-x));
                }
                outputs.add(y);
            }
            double loss = 0;
            double[] slopes = new double[targets.length];
            for (int k = 0; k < targets.length; k++) {
                slopes[k] = outputs.get(weights.size())[k] - targets[k];
                loss += slopes[k] * slopes[k] / 2;
            }
            for (int l = weights.size() - 1; l >= 0; l--) {
                double[] before = outputs.get(l), after = outputs.get(l + 1), next = new double[before.length];
                for (int j = 0; j < after.length; j++) {
                    double delta = slopes[j] * after[j] * (1 - after[j]);
                    for (int i = 0; i < before.length; i++) {
                        next[i] += weights.get(l)[j][i] * delta;
                        weights.get(l)[j][i] -= learningRate * delta * before[i];
                    }
                    if (biases.get(l).length > 0) biases.get(l)[j] -= learningRate * delta;
                }
                slopes = next;
            }
            return loss;
        }
    }

    static double[] numbers(String[] fields, int first) {
        return Arrays.stream(fields).skip(first).mapToDouble(Double::parseDouble).toArray();
    }

    static void report(String name, double[] values) {
        String numbers = Arrays.stream(values).mapToObj(Double::toString).collect(Collectors.joining("\t"));
        System.out.println(name + "\t" + numbers);
    }

    static void skipUnless(boolean condition, String reason) {
        if (condition) return;
        System.out.println("skip\t" + reason);
        System.exit(0);
    }

    /** Read the lines of a case, a name and fields with tabs between, and train on each example as it comes. */
    public static void main(String[] arguments) {
        Network network = new Network();
        double[] sizes = {}, inputs = {};
        Scanner lines = new Scanner(System.in);
        while (lines.hasNextLine()) {
            String line = lines.nextLine();
            String[] fields = line.split("\t");
            int l = network.weights.size();
            switch (fields[0]) {
                case "case": case "gradient": break;
                case "learning_rate": network.learningRate = numbers(fields, 1)[0]; break;
                case "sizes": sizes = numbers(fields, 1); break;
                case "weights":
                    double[] flat = numbers(fields, 2);
                    double[][] rows = new double[(int) sizes[l + 1]][];
                    int width = (int) sizes[l];
                    for (int j = 0; j < rows.length; j++) rows[j] = Arrays.copyOfRange(flat, j * width, (j + 1) * width);
                    network.weights.add(rows);
                    break;
                case "biases":
                    skipUnless(!line.contains("null"), "a bias for each neuron");
                    network.biases.add(numbers(fields, 2));
                    break;
                case "inputs": inputs = numbers(fields, 2); break;
                case "targets":
                    String step = "step" + fields[1] + ".";
                    report(step + "loss", new double[] {network.train(inputs, numbers(fields, 2))});
                    for (int m = 0; m < l; m++) {
                        String place = step + "JKLMNOP".charAt(m);
                        double[][] matrix = network.weights.get(m);
                        report(place + ".weights", Arrays.stream(matrix).flatMapToDouble(Arrays::stream).toArray());
                        if (network.biases.get(m).length > 0) report(place + ".biases", network.biases.get(m));
                    }
                    break;
                default:
                    skipUnless(line.matches(KNOWN), "not known here: " + fields[0]);
            }
        }
    }
}
