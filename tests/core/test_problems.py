from app.core.problems import Problem


def test_a_problem_says_where_it_is():
    assert str(Problem(4, "Counted", "ten", "not a number")).startswith("Row 4, Counted")
    assert str(Problem(0, "", "", "the file is empty")) == "the file is empty"
