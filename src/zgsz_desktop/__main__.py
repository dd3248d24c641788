"""`python -m zgsz_desktop`: hands over to the command line; without arguments opens the window."""

import sys


def open_window() -> int:
    """Open the window (entry point `zgsz-desktop`); a folder as first argument is opened as workspace.

    Returns:
        The exit status of the event loop, 1 where Qt is not installed.
    """
    try:
        from zgsz_desktop.ui.app import run  # noqa: PLC0415 the command line must run where Qt is missing
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] not in {"PySide6", "shiboken6"}:
            raise
        sys.stderr.write("这台电脑没有安装窗口所需的 PySide6。命令行 zgsz 可以照常使用。\n")
        return 1
    return run(sys.argv)


def _start() -> int:
    if len(sys.argv) == 1:
        return open_window()
    from zgsz_desktop.cli import main  # noqa: PLC0415 the window starts without the command line

    return main()


if __name__ == "__main__":
    sys.exit(_start())
