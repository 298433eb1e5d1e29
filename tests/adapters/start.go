// A start in Go: put your own network in the place of Network, and let main report what yours computes.
//
//	go build -o start tests/adapters/start.go
//	purenet golden check xor-2-4-1 --protocol tsv --command ./start
package main

import (
	"bufio"
	"fmt"
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
)

// Network is your network here. This one has sigmoid layers and half squared error, and trains on one example at a time.
type Network struct {
	weights      [][][]float64 // weights[layer][j][i] leads from input i to neuron j
	biases       [][]float64   // empty where a layer has none
	learningRate float64
}

// train does one step, and returns the loss.
func (network *Network) train(inputs, targets []float64) float64 {
	outputs := [][]float64{inputs}
	for l, weights := range network.weights {
		y := make([]float64, len(weights))
		for j, row := range weights {
			x := 0.0
			for i, weight := range row {
				x += weight * outputs[l][i]
			}
			if len(network.biases[l]) > 0 {
				x += network.biases[l][j]
			}
			y[j] = 1 / (1 + math.Exp(-x))
		}
		outputs = append(outputs, y)
	}
	loss, slopes := 0.0, make([]float64, len(targets))
	for k, y := range outputs[len(outputs)-1] {
		slopes[k] = y - targets[k]
		loss += slopes[k] * slopes[k] / 2
	}
	for l := len(network.weights) - 1; l >= 0; l-- {
		next := make([]float64, len(outputs[l]))
		for j, y := range outputs[l+1] {
			delta := slopes[j] * y * (1 - y)
			for i := range next {
				next[i] += network.weights[l][j][i] * delta
				network.weights[l][j][i] -= network.learningRate * delta * outputs[l][i]
			}
			if len(network.biases[l]) > 0 {
				network.biases[l][j] -= network.learningRate * delta
			}
		}
		slopes = next
	}
	return loss
}

func numbers(fields []string) []float64 {
	found := make([]float64, len(fields))
	for n, field := range fields {
		found[n], _ = strconv.ParseFloat(field, 64)
	}
	return found
}

func report(name string, values ...float64) {
	fmt.Print(name)
	for _, value := range values {
		fmt.Print("\t", strconv.FormatFloat(value, 'g', 17, 64))
	}
	fmt.Println()
}

// all other lines of a case that this network can do
var known = regexp.MustCompile("^(loss\thalf squared error|activation\t.\tsigmoid|(momentum|weight_decay)\t0|" +
	"trained_biases\t1|batch_sizes(\t1)+)$")

// main reads the lines of a case, a name and fields with tabs between, and trains on each example as it comes.
func main() {
	network, sizes, inputs := Network{}, []float64{}, []float64{}
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		fields := strings.Split(lines.Text(), "\t")
		switch name, l := fields[0], len(network.weights); {
		case name == "case" || name == "gradient":
		case name == "learning_rate":
			network.learningRate = numbers(fields[1:])[0]
		case name == "sizes":
			sizes = numbers(fields[1:])
		case name == "weights":
			flat, width, rows := numbers(fields[2:]), int(sizes[l]), [][]float64{}
			for ; len(flat) > 0; flat = flat[width:] {
				rows = append(rows, flat[:width:width])
			}
			network.weights = append(network.weights, rows)
		case name == "biases" && !strings.Contains(lines.Text(), "null"):
			network.biases = append(network.biases, numbers(fields[2:]))
		case name == "inputs":
			inputs = numbers(fields[2:])
		case name == "targets":
			step := "step" + fields[1] + "."
			report(step+"loss", network.train(inputs, numbers(fields[2:])))
			for l, weights := range network.weights {
				flat := []float64{}
				for _, row := range weights {
					flat = append(flat, row...)
				}
				report(step+"JKLMNOP"[l:l+1]+".weights", flat...)
				if len(network.biases[l]) > 0 {
					report(step+"JKLMNOP"[l:l+1]+".biases", network.biases[l]...)
				}
			}
		case !known.MatchString(lines.Text()):
			fmt.Println("skip\tnot known here:", name)
			return
		}
	}
}
