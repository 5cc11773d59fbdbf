"""Writes assets/breast-cancer.csv.gz and test/oracles/breast-cancer.json from scikit-learn's copy of the data (run with
scikit-learn 1.9.1). Columns as scikit-learn orders them, then the diagnosis: 0 malignant, 1 benign."""

import gzip
import hashlib
import json
from pathlib import Path

from sklearn.datasets import load_breast_cancer

data = load_breast_cancer()
rows = [",".join([*(repr(float(value)) for value in row), str(int(y))]) for row, y in zip(data.data, data.target)]
text = "\n".join(rows) + "\n"
package = Path(__file__).parent.parent
(package / "assets" / "breast-cancer.csv.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))

oracle = {
    "source": "scikit-learn 1.9.1, load_breast_cancer, read by scripts/breast_cancer.py",
    "names": [str(name) for name in data.feature_names],
    "means": data.data.mean(0).tolist(),
    "deviations": data.data.std(0).tolist(),
    "lastRow": data.data[-1].tolist(),
    "malignant": int((data.target == 0).sum()),
    "firstDiagnoses": data.target[:25].tolist(),
    "sha256": hashlib.sha256(data.data.astype("<f8").tobytes()).hexdigest(),
}
(package / "test" / "oracles" / "breast-cancer.json").write_text(json.dumps(oracle, indent=2) + "\n")
