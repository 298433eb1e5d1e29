"""The progress of a training on standard error, and its end on Ctrl-C, after the step in progress."""

import shutil
import signal
import sys
import time

from purenet.document.formats import DEFAULT_WIDTH


class Interruption:
    """Catches Ctrl-C, and a polite kill, so that the step in progress can end, or the epoch where formulas are compiled.

    A second Ctrl-C is not caught.
    """

    def __enter__(self):
        self.came = False
        self.before = {number: signal.signal(number, self.note) for number in (signal.SIGINT, signal.SIGTERM)}
        return self

    def note(self, number, frame):
        self.came = True
        signal.signal(signal.SIGINT, signal.default_int_handler)

    def __exit__(self, *error):
        for number, handler in self.before.items():
            signal.signal(number, handler)


class Progress:
    """Shows the progress of a training: on a terminal one line that changes, elsewhere a line every two seconds."""

    PAUSES = 0.2, 2.0  # seconds between two lines: on a terminal, and elsewhere

    def __init__(self, run, quiet):
        self.run = run
        self.quiet = quiet
        self.terminal = sys.stderr is not None and sys.stderr.isatty()
        self.pause = self.PAUSES[0 if self.terminal else 1]
        self.begun = self.shown = time.monotonic()
        self.examples = 0
        self.width = 0

    def show(self, step):
        self.examples += step.examples
        if self.quiet or sys.stderr is None:
            return
        now = time.monotonic()
        if now - self.shown >= self.pause:
            self.shown = now
            self.write(now)

    def write(self, now):
        """Write the epoch, loss, accuracy, examples per second, and the most time that is left."""
        run = self.run
        rate = self.examples / (now - self.begun)
        total = run.settings["epochs"] * len(run.dataset.examples)
        done = (run.last.number if run.last else 0) * len(run.dataset.examples) + run.tally.count
        left = round((total - done) / rate)
        parts = [f"epoch {run.epoch} of {run.settings['epochs']}"]
        figures = run.figures()
        if figures:
            parts.append(f"loss {float(figures.loss):.6g}, accuracy {100 * figures.accuracy:.1f} %")
        if run.held_out.last:
            loss, right = run.held_out.last[-2:]
            parts.append(f"held out: loss {float(loss):.6g}, accuracy {100 * right:.1f} %")
        if run.rate is not None:
            parts.append(f"learning rate {float(run.rate(run.epoch)):.6g}")
        parts += [f"{rate:.0f} examples/s", f"{left // 3600}:{left // 60 % 60:02}:{left % 60:02} left"]
        line = ", ".join(parts)
        if self.terminal:
            line = line[: shutil.get_terminal_size((DEFAULT_WIDTH, 24)).columns - 1]
        end = "\r" if self.terminal else "\n"
        sys.stderr.write(line.ljust(self.width) + end)
        sys.stderr.flush()
        self.width = len(line) if self.terminal else 0

    def end(self):
        """Clear the line on a terminal."""
        if self.width:
            sys.stderr.write(" " * self.width + "\r")
            sys.stderr.flush()
