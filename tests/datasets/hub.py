"""A hub of one's own on the loopback interface: as much of the Hugging Face API as `datasets.load_dataset` asks for."""

from __future__ import annotations

import contextlib
import hashlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@contextlib.contextmanager
def serve(name: str, folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Serve `folder` as the data set `name`; the address, and the paths that were asked for so far."""
    asked: list[str] = []
    files = {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_HEAD(self) -> None:
            self.answer()

        def do_GET(self) -> None:
            self.answer()

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.answer()

        def log_message(self, *_: Any) -> None:
            pass

        def answer(self) -> None:
            path = unquote(urlsplit(self.path).path)
            asked.append(f"{self.command} {path}")
            resolve, _, file = path.partition("/resolve/")
            if resolve == f"/datasets/{name}" and (data := files.get(file.partition("/")[2])) is not None:
                etag = hashlib.sha256(data).hexdigest()
                return self.send(
                    200, data, {"ETag": f'"{etag}"', "X-Repo-Commit": COMMIT, "Accept-Ranges": "bytes"}
                )
            if path.startswith(f"/api/datasets/{name}/tree/"):
                return self.send(
                    200, json.dumps(tree(path.partition("/tree/")[2].partition("/")[2])).encode(), {}
                )
            if path.startswith(f"/api/datasets/{name}/paths-info/"):
                return self.send(200, json.dumps([entry(f) for f in files]).encode(), {})
            if path in (
                f"/api/datasets/{name}",
                f"/api/datasets/{name}/revision/main",
                f"/api/datasets/{name}/revision/{COMMIT}",
            ):
                info = {
                    "id": name,
                    "sha": COMMIT,
                    "private": False,
                    "tags": [],
                    "downloads": 0,
                    "siblings": [{"rfilename": f} for f in files],
                }
                return self.send(200, json.dumps(info).encode(), {})
            code = "EntryNotFound" if resolve == f"/datasets/{name}" else "RepoNotFound"
            return self.send(404, b"{}", {"X-Error-Code": code, "X-Repo-Commit": COMMIT})

        def send(self, status: int, data: bytes, headers: dict[str, str]) -> None:
            start, wanted = 0, self.headers.get("Range", "")
            if status == 200 and wanted.startswith("bytes="):
                first, _, last = wanted[6:].partition("-")
                start, stop = int(first or 0), int(last) + 1 if last else len(data)
                headers = {**headers, "Content-Range": f"bytes {start}-{stop - 1}/{len(data)}"}
                status, data = 206, data[start:stop]
            self.send_response(status)
            for key, value in {
                "Content-Length": str(len(data)),
                "Content-Type": "application/json",
                **headers,
            }.items():
                self.send_header(key, value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(data)

    def entry(file: str) -> dict[str, Any]:
        return {"type": "file", "oid": "0" * 40, "size": len(files[file]), "path": file}

    def tree(folder: str) -> list[dict[str, Any]]:
        inside = f"{folder}/" if folder else ""
        rest = [f.removeprefix(inside) for f in files if f.startswith(inside)]
        folders = dict.fromkeys(inside + f.partition("/")[0] for f in rest if "/" in f)
        return [
            *({"type": "directory", "oid": "0" * 40, "size": 0, "path": f} for f in folders),
            *(entry(inside + f) for f in rest if "/" not in f),
        ]

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
