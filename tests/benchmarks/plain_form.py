"""Times the baseline of bench_form. Argument: how many widgets."""

import sys
from statistics import median

from PySide6.QtWidgets import QApplication

from tests.benchmarks.stock_form import StockForm, answer, change_text


def main() -> None:
    application = QApplication(sys.argv[:1])
    form = StockForm(int(sys.argv[1]))
    form.show()
    answered = answer(form, 20)
    change_text(application, 14)
    changed = median(change_text(application, pixels) for pixels in (16, 14, 16))
    print(answered, changed)


if __name__ == "__main__":
    main()
