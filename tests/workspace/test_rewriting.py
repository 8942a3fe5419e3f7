"""Several files change together or not at all, and nobody's text is lost."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING

import pytest

from smartplan.text.error import SmartplanError
from smartplan.workspace import rewriting
from smartplan.workspace.rewriting import rewrite

if TYPE_CHECKING:
    from pathlib import Path


def held(folder: Path) -> dict[str, bytes]:
    """Give every file of a folder."""
    return {one.name: one.read_bytes() for one in folder.iterdir() if one.is_file()}


def test_files_are_changed_added_and_removed(tmp_path: Path) -> None:
    """All in one go; no temporary file stays."""
    (tmp_path / "a").write_bytes(b"1")
    (tmp_path / "b").write_bytes(b"2")
    rewrite(
        {
            tmp_path / "a": (b"1", b"one\r\n"),
            tmp_path / "b": (b"2", None),
            tmp_path / "c" / "d": (None, b"new"),
        }
    )
    assert held(tmp_path) == {"a": b"one\r\n"}
    assert held(tmp_path / "c") == {"d": b"new"}


def test_what_was_changed_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    """Then nothing is written, in the other files neither."""
    (tmp_path / "a").write_bytes(b"1")
    (tmp_path / "b").write_bytes(b"somebody else")
    with pytest.raises(SmartplanError) as caught:
        rewrite({tmp_path / "a": (b"1", b"one"), tmp_path / "b": (b"2", b"two")})
    assert caught.value.code is rewriting.CHANGED_MEANWHILE
    assert held(tmp_path) == {"a": b"1", "b": b"somebody else"}


def test_a_file_keeps_its_rights(tmp_path: Path) -> None:
    """Also those that only its owner has."""
    file = tmp_path / "a"
    file.write_bytes(b"1")
    file.chmod(0o600)
    rewrite({file: (b"1", b"one")})
    assert file.stat().st_mode & 0o777 == 0o600 or sys.platform == "win32"


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """What it names is changed."""
    (tmp_path / "a").write_bytes(b"1")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    rewrite({tmp_path / "b": (b"1", b"one")})
    assert (tmp_path / "b").is_symlink()
    assert (tmp_path / "a").read_bytes() == b"one"


def test_a_full_disk_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever goes wrong while texts are made ready: no file is touched yet."""
    (tmp_path / "a").write_bytes(b"1")
    (tmp_path / "b").write_bytes(b"2")
    opened = os.fdopen
    left = [1]

    def full(*args: object) -> object:
        if not left:
            raise OSError(28, "No space left on device")
        left.pop()
        return opened(*args)  # type: ignore[call-overload]  # as it was called

    monkeypatch.setattr(os, "fdopen", full)
    with pytest.raises(SmartplanError) as caught:
        rewrite({tmp_path / "a": (b"1", b"one"), tmp_path / "b": (b"2", b"two")})
    assert caught.value.code is rewriting.CANNOT_CHANGE
    assert held(tmp_path) == {"a": b"1", "b": b"2"}


@pytest.mark.skipif(sys.platform == "win32", reason="signals are another thing there")
def test_an_interruption_waits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C between two files: both are changed, then it holds."""
    names = ["a", "b"]
    for name in names:
        (tmp_path / name).write_bytes(b"1")
    replace = type(tmp_path).replace

    def interrupted(self: Path, target: Path) -> Path:
        os.kill(os.getpid(), signal.SIGINT)
        return replace(self, target)

    monkeypatch.setattr(type(tmp_path), "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        rewrite({tmp_path / name: (b"1", b"one") for name in names})
    assert held(tmp_path) == {"a": b"one", "b": b"one"}
