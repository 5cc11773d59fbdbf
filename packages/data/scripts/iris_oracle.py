"""Writes test/oracles/iris.csv from scikit-learn's copy of Fisher's iris (run with scikit-learn 1.9.1)."""

from pathlib import Path

from sklearn.datasets import load_iris

iris = load_iris()
lines = ["sepal_length,sepal_width,petal_length,petal_width,species"]
for row, species in zip(iris.data, iris.target):
    lines.append(",".join([*(f"{value:.1f}" for value in row), str(iris.target_names[species])]))
target = Path(__file__).parent.parent / "test" / "oracles" / "iris.csv"
target.write_text("\n".join(lines) + "\n")
