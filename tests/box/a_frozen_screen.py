"""`kiosk run` in the folder it is given; SIGUSR1 holds Kivy's thread for a second and a half."""

import signal
import sys
import time
from pathlib import Path

from kiosk.run import Wanted, run_kiosk
from kiosk.settings import Settings

# A signal is taken in the main thread, which is Kivy's: while it sleeps nothing is drawn, and the house lives on.
signal.signal(signal.SIGUSR1, lambda *_: time.sleep(1.5))
sys.exit(run_kiosk(Wanted(Settings(), Path(sys.argv[1]))))
