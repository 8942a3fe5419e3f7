"""The schema in an editor: the YAML language server, spoken to as an editor speaks to it."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from typing import TYPE_CHECKING, Any

import pytest

from smartplan.plan.schema import plan_schema
from smartplan.words.speaker import Speaker

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.outside

TEXT = """\
actions:
  - id: GOV-01
    title: Mal pelayanan
    kind: application
    owner: diskominfo
    dimension: governance
    budget:
      2024: {apbd: "2,5 miliar"}
      2025: 700 juta
"""


class Server:
    """A language server and one open file."""

    def __init__(self, folder: Path) -> None:
        """Start the server, tell it the schema, open the file."""
        program = shutil.which("yaml-language-server")
        assert program, "npm install yaml-language-server"
        self.process = subprocess.Popen(  # noqa: S603  # the server
            [program, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self.number = 0
        self.version = 1
        schema = folder / "plan.schema.json"
        schema.write_text(json.dumps(plan_schema(Speaker("id"))), encoding="utf-8")
        self.address = (folder / "plan.yaml").as_uri()
        settings = {
            "validate": True,
            "completion": True,
            "hover": True,
            "schemaStore": {"enable": False},
            "schemas": {schema.as_uri(): "*.yaml"},
        }
        self.settings = {"yaml": settings}
        self.ask(
            "initialize",
            {
                "processId": None,
                "rootUri": folder.as_uri(),
                "capabilities": {"workspace": {"configuration": True}},
            },
        )
        self.tell("initialized", {})
        self.tell("workspace/didChangeConfiguration", {"settings": self.settings})
        document = {"uri": self.address, "languageId": "yaml", "version": 1, "text": TEXT}
        self.tell("textDocument/didOpen", {"textDocument": document})

    def change(self, text: str) -> None:
        """Type another text into the file."""
        self.version += 1
        changed = {"uri": self.address, "version": self.version}
        content = {"textDocument": changed, "contentChanges": [{"text": text}]}
        self.tell("textDocument/didChange", content)

    def tell(self, method: str, params: Any) -> None:  # noqa: ANN401  # of any method
        """Send a notification."""
        self.send({"jsonrpc": "2.0", "method": method, "params": params})

    def ask(self, method: str, params: Any) -> Any:  # noqa: ANN401  # of any method
        """Send a request and give its result, answering what the server asks meanwhile."""
        self.number += 1
        self.send({"jsonrpc": "2.0", "id": self.number, "method": method, "params": params})
        while True:
            message = self.receive()
            if message.get("id") == self.number and "method" not in message:
                assert "error" not in message, message
                return message["result"]

    def wait_for(self, method: str) -> Any:  # noqa: ANN401  # of any method
        """Give the parameters of the next notification of a method."""
        while True:
            message = self.receive()
            if message.get("method") == method:
                return message["params"]

    def send(self, message: dict[str, Any]) -> None:
        """Write one message."""
        raw = json.dumps(message).encode()
        assert self.process.stdin
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(raw) + raw)
        self.process.stdin.flush()

    def receive(self) -> Any:  # noqa: ANN401  # JSON
        """Read one message; answer it if it is a request of the server."""
        assert self.process.stdout
        length = 0
        while line := self.process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        message = json.loads(self.process.stdout.read(length))
        if "method" in message and "id" in message:
            answer: Any = None
            if message["method"] == "workspace/configuration":
                items = message["params"]["items"]
                answer = [self.settings.get(one.get("section")) for one in items]
            self.send({"jsonrpc": "2.0", "id": message["id"], "result": answer})
        return message

    def at(self, line: int, character: int) -> dict[str, Any]:
        """Give a position in the file, both from 0."""
        position = {"line": line, "character": character}
        return {"textDocument": {"uri": self.address}, "position": position}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Run a server with the file open."""
    started = Server(tmp_path_factory.mktemp("rencana"))
    yield started
    started.process.kill()
    started.process.communicate()


def hover(server: Server, line: int, character: int) -> str:
    """Give what stands over a place; the server answers nothing until it has read the schema."""
    for _try in range(50):
        if found := server.ask("textDocument/hover", server.at(line, character)):
            return str(found["contents"]["value"])
        time.sleep(0.1)
    return ""


def test_hover_explains_a_field(server: Server) -> None:
    """The title in the language of the plan and the description stand over a key."""
    said = hover(server, 4, 5)
    assert said.startswith("#### Penanggung jawab\n\nThe lead agency (OPD), exactly one.")
    kind = hover(server, 3, 12)
    assert kind.startswith("#### Kelompok aksi\n")
    assert "* `application`: Aplikasi pendukung" in kind
    assert "* `governance`: Tata Kelola Cerdas" in hover(server, 5, 17)


def test_completion_offers_fields_and_words(server: Server) -> None:
    """Fields are offered by their first letters, and the words of a field at its value."""
    server.change(TEXT + "    st\n")
    fields = server.ask("textDocument/completion", server.at(9, 6))
    assert {"status", "status_date", "status_reason"} <= {one["label"] for one in fields["items"]}
    words = server.ask("textDocument/completion", server.at(3, 10))
    assert {"application", "policy"} <= {one["label"] for one in words["items"]}
    dimensions = server.ask("textDocument/completion", server.at(5, 15))
    assert {"governance", "living"} <= {one["label"] for one in dimensions["items"]}


def test_red_lines_lie_where_the_faults_are(server: Server) -> None:
    """A misspelt key, a wrong word and a bad amount get a red line each; short forms get none."""
    text = TEXT.replace("kind: application", "kind: aplikasi").replace("700 juta", "banyak")
    server.change(text + "    statu: planned\n")
    lines: set[int] = set()
    while lines != {3, 8, 9}:
        found = server.wait_for("textDocument/publishDiagnostics")["diagnostics"]
        lines = {one["range"]["start"]["line"] for one in found}
    server.change(TEXT)
    while server.wait_for("textDocument/publishDiagnostics")["diagnostics"]:
        pass
