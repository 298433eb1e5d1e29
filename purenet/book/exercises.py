"""Exercises: a question, and a judge of its answers."""


class Exercise:
    def __init__(self, question, *_, **__):
        self.question = question
        self.name = ""

    def text(self):
        return f"{self.name}  {self.question.strip()}"


class Number(Exercise):
    pass


class ByHand(Exercise):
    pass


class Choice(Exercise):
    pass


class Code(Exercise):
    pass


def exercise_html(exercise, link):
    return f"<p>{exercise.text()}</p>"
