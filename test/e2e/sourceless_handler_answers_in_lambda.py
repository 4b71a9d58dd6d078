#!/usr/bin/env python3
# labels: lambda registry
"""Lambda's runtime client loads a handler by an import: one in an installed package answers from bytecode alone."""
import sys

import lambda_runtime
import slimtest

RUNTIME = f"python{sys.version_info[0]}.{sys.version_info[1]}"
FILES = {
    "shop/__init__.py": "", "shop/prices.py": "price = 3\n", "shop/jobs.py": "from shop import app\n",
    "shop/app.py": "from shop.prices import price\n\n\ndef handler(event, context):\n    return {'sum': price * event['count']}\n",
    "shop-1.dist-info/METADATA": "Metadata-Version: 2.1\nName: shop\nVersion: 1\n",
    "main.py": "import shop.jobs\n",
}
with slimtest.workdir() as work:
    package = slimtest.write_zip(work / "in.zip", FILES)
    slimtest.slim(package, "-o", work / "out.zip", "--bytecode", "sourceless", "--runtime", RUNTIME)
    task = slimtest.unzip(work / "out.zip", work / "out")
    assert (task / "shop/app.pyc").exists() and not (task / "shop/app.py").exists()
    answer, _ = lambda_runtime.invoke(task, "shop.app.handler", {"count": 4})
    assert answer == {"sum": 12}, answer
    checked = slimtest.slim("check", work / "out.zip", "--handler", "shop.app.handler", "--runtime", RUNTIME)
    assert "error" not in checked.stdout.lower() or "0 error" in checked.stdout.lower(), checked.stdout
