from app.core.problems import BadFile, Problem


def test_a_problem_says_where_it_is():
    assert str(Problem(4, "Counted", "ten", "not a number")).startswith("Row 4, Counted")
    assert str(Problem(0, "", "", "the file is empty")) == "the file is empty"


def test_a_bad_file_tells_how_many_problems_and_the_first():
    problems = [Problem(2, "SKU", "", "no SKU"), Problem(3, "SKU", "", "no SKU")]

    assert "2" in str(BadFile("a.csv", problems))
    assert "Row 2" in str(BadFile("a.csv", problems))
