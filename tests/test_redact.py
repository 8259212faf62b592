"""F17: secrets of every known shape, in every place they could come from."""

import pytest

from bench.store.redact import REDACTED, redact

SECRETS = [
    "sk-proj-abcdefghijklmnop1234",
    "hf_abcdefghijklmnopqrstuv",
    "ghp_abcdefghijklmnopqrst1234",
    "github_pat_11ABCDEFG0abcdefghijkl_x",
    "AKIAIOSFODNN7EXAMPLE",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N",
]


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize(
    "frame", ["{}", '{{"error":"401 for key {}"}}', "Authorization: Bearer {}\n", "x={}&y=1"]
)
def test_keys_are_cut_out(secret, frame):
    text = redact(frame.format(secret))
    assert secret not in text
    assert REDACTED in text


def test_password_in_a_url():
    assert redact("https://user:pa55@host/v1") == f"https://{REDACTED}@host/v1"


def test_headers():
    assert "s3cretvalue" not in redact("Authorization: Bearer s3cretvalue")
    assert "s3cretvalue" not in redact("{'api-key: s3cretvalue'}")


@pytest.mark.parametrize(
    "text", ["", "ask-me-anything-about-skiing", "https://host:8000/v1", "sk-1", "8:30 a.m. at 5:40"]
)
def test_ordinary_text_is_left_alone(text):
    assert redact(text) == text
