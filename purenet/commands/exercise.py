"""`purenet exercise`: the exercises of the chapters, asked and judged."""

import argparse
import re
import sys
import textwrap

from purenet.book import chapter, chapters
from purenet.commands.common import add_command, emit, say
from purenet.errors import NetworkError, count, quoted
from purenet.storage.files import write_text

COLUMN = max(map(len, ("a number", "a number by hand", "a choice", "code")))


def add_commands(commands):
    command = add_command(commands, "exercise", exercise, "ask the exercises of a chapter, or judge an answer to one")
    command.add_argument("number", metavar="N", nargs="?", help="a chapter, such as 3, or an exercise, such as 3.2")
    command.add_argument(
        "answer", metavar="ANSWER", nargs="?", help="a number, a letter or a file, as the exercise asks"
    )
    command._negative_number_matcher = re.compile(r"-\.?[0-9]")  # argparse's own takes -2e-3 for an option before 3.14
    command.add_argument("--hint", action="store_true", help="show the hint of an exercise")
    command.add_argument("--solution", action="store_true", help="show the solution of an exercise")
    copy = "write a copy of the file in which the code of the exercise is missing"
    command.add_argument("-o", dest="output", metavar="FILE", help=copy)
    command.add_argument("--force", action="store_true", help="let -o overwrite a file")
    command.add_argument("--ascii", action="store_true", help="use no sign beyond ASCII")
    command.epilog = "The exit code is 0 for a right answer, and 1 for a wrong one."


def exercise(options):
    """List all exercises, ask those of a chapter, show one, or judge an answer to it."""
    if options.force and options.output is None:
        raise NetworkError("--force goes with -o")
    if options.number is not None and "." in options.number:
        return one(options, exercise_of(options.number))
    for name in ("hint", "solution", "output", "answer"):
        if getattr(options, name):
            what = "an answer" if name == "answer" else "-o" if name == "output" else f"--{name}"
            raise NetworkError(f"{what} goes with one exercise: say which, such as 3.2")
    if options.number is None:
        return say_texts(options, *map(contents, filter(lambda each: each.exercise_list, chapters())))
    found = exercises_of(options.number)
    if sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty():
        return Session(options).ask(found)
    return say_texts(options, *map(question, found))


def one(options, found):
    """Judge an answer to an exercise, write its file, or show it, its hint or its solution."""
    chosen = [name for name in ("answer", "hint", "solution", "output") if getattr(options, name) is not None]
    chosen = [name for name in chosen if getattr(options, name) is not False]
    if len(chosen) > 1:
        raise NetworkError("give an answer, or --hint, or --solution, or -o: one of them")
    if options.output is not None:
        return write_copy(options, found)
    if options.hint:
        return say_texts(options, hint_of(found))
    if options.solution:
        return say_texts(options, found.solution())
    if options.answer is None:
        return say_texts(options, question(found))
    verdict = found.judge(options.answer)
    say_texts(options, verdict.words)
    return 0 if verdict.is_right else 1


def exercises_of(number):
    """Return the exercises of a chapter, a text of digits; raise NetworkError if it has none."""
    if not re.fullmatch("[0-9]{1,4}", number):
        raise NetworkError(
            f"{quoted(number)} is not the number of a chapter, such as 3, or of an exercise, such as 3.2"
        )
    found = chapter(int(number)).exercise_list
    if not found:
        raise NetworkError(f"chapter {number} has no exercises: `purenet exercise` lists those that have some")
    return found


def exercise_of(name):
    """Return the exercise of a name, such as 3.2; raise NetworkError if there is none."""
    number, _, place = name.partition(".")
    found = exercises_of(number)
    if not re.fullmatch("[0-9]{1,4}", place) or not 1 <= int(place) <= len(found):
        raise NetworkError(f"there is no exercise {name}: chapter {number} has {found[0].name} to {found[-1].name}")
    return found[int(place) - 1]


# texts


def contents(chapter):
    """Return the exercises of a chapter, a line for each."""
    lines = [chapter.heading]
    for each in chapter.exercise_list:
        first = textwrap.shorten(each.question, 60, placeholder=" …", break_long_words=True)
        lines.append(f"  {each.name:5} {each.kind:{COLUMN}}  {first}")
    return "\n".join(lines)


def question(exercise):
    """Return an exercise, and how it is answered."""
    return f"{exercise.text()}\n\n{answering(exercise)}, by `{exercise.command()}`."


def answering(exercise):
    return f"Answer with {exercise.how}"


def hint_of(exercise):
    return exercise.hint or f"Exercise {exercise.name} has no hint."


def say_texts(options, *texts):
    """Print texts with an empty line between them, and return the exit code 0."""
    plain = argparse.Namespace(output=None, width=None, ascii=options.ascii, format="text")
    emit(plain, lambda width, ascii: in_signs("\n\n".join(texts) + "\n" if texts else "", ascii))
    return 0


def in_signs(text, ascii):
    """Return a text in ASCII, if that is asked for, with nothing in it that acts on the terminal."""
    from purenet.arithmetic.notation import ASCII
    from purenet.document.foreign import visible

    text = "\n".join(map(visible, text.split("\n")))
    return ASCII.prose(text) if ascii else text


def write_copy(options, exercise):
    """Write the file in which the code of an exercise is missing."""
    if exercise.kind != "code":
        raise NetworkError(f"-o writes a copy of a file, and exercise {exercise.name} is about none")
    write_text(options.output, exercise.copy(), options.force)
    say(f"purenet: write {exercise.function} in {options.output}, and then: {exercise.command(options.output)}")
    return 0


# in a terminal


class Session:
    """Exercises asked one by one in a terminal."""

    def __init__(self, options):
        self.options = options
        self.right = []  # names

    def ask(self, exercises):
        """Ask exercises until the end of the input, and say how many were right."""
        say_texts(self.options, "An empty line skips an exercise, ? shows its hint, and Ctrl-D ends.")
        try:
            for each in exercises:
                self.ask_one(each)
        except EOFError:
            print()
        skipped = [each.name for each in exercises if each.name not in self.right]
        rest = f"; still to do: {', '.join(skipped)}" if skipped else ""
        return say_texts(self.options, f"{len(self.right)} of {count(len(exercises), 'exercise')} right{rest}.")

    def ask_one(self, exercise):
        """Ask an exercise until the answer is right or empty."""
        say_texts(self.options, f"\n{exercise.text()}")
        say_texts(self.options, f"\n{answering(exercise)}.")
        while True:
            answer = input("> ").strip()
            if not answer:
                return
            if answer == "?":
                say_texts(self.options, hint_of(exercise))
            elif self.is_right(exercise, answer):
                self.right.append(exercise.name)
                return

    def is_right(self, exercise, answer):
        """Say whether an answer is right, and return it."""
        try:
            verdict = exercise.judge(answer)
        except NetworkError as error:
            say_texts(self.options, str(error))
            return False
        say_texts(self.options, verdict.words)
        return verdict.is_right
