"""What docs/check-it-yourself.md says to type, typed: with no code of ours in it."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

PAGE = (Path(__file__).parent.parent / "docs" / "check-it-yourself.md").read_text(encoding="utf-8")
SCRIPTS = re.findall(r"^```bash\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
ROOT_PY, PROVEN_PY = re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
TOOLS_HERE = all(map(shutil.which, ("openssl", "sqlite3", "xxd", "base64")))


def typed(script: str, desk: Path) -> str:
    """Types a script of the page in a folder; gives what it says."""
    script = script.replace("python3 ", f"{sys.executable} -I ")
    done = subprocess.run(["bash", "-euc", script], cwd=desk, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
