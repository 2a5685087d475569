"""The endpoint: what is sent, what is repeated, what counts as errored, and that the key stays where it belongs."""

from __future__ import annotations

import threading
from email.utils import formatdate
from typing import Any

import pytest

from avocet.benching.answerer import LONGEST_ANSWER, Answer, Errored, Patience, Result, Sampling
from avocet.benching.endpoint import Endpoint
from avocet.benching.replies import retry_after
from avocet.errors import InvalidRequest, Prerequisite
from tests.benching.server import Model, Reply, answer, refusal

PROMPT = [{"role": "user", "content": "hello"}]
QUICK = Patience(timeout_s=10, retries=2, pause_s=0.001)
KEY = "sk-very-secret"


def ask(model: Model, **options: Any) -> Result:
    given = {"sampling": Sampling(), "patience": QUICK, **options}
    endpoint = Endpoint(model.url, "org/name", given.pop("sampling"), **given)
    (result,) = endpoint.answer([PROMPT])
    return result


def reason(model: Model, **options: Any) -> str:
    result = ask(model, **options)
    assert isinstance(result, Errored)
    return result.reason


def in_turn(model: Model, *replies: Reply) -> None:
    left = list(replies)
    model.reply = lambda _: left.pop(0)


def test_what_is_sent(model: Model) -> None:
    ask(model, sampling=Sampling(max_new_tokens=7, temperature=0.5, seed=3), key=KEY)
    (asked,) = model.asked
    assert asked.body == {
        "model": "org/name",
        "messages": PROMPT,
        "max_tokens": 7,
        "temperature": 0.5,
        "seed": 3,
    }
    assert asked.headers["Authorization"] == f"Bearer {KEY}"


def test_without_a_key_and_a_seed_none_is_sent(model: Model) -> None:
    ask(model)
    assert "Authorization" not in model.asked[0].headers
    assert "seed" not in model.asked[0].body


def test_an_answer(model: Model) -> None:
    model.reply = lambda _: answer("four", reasoning_content="2 and 2")
    found = ask(model)
    assert isinstance(found, Answer)
    assert (found.text, found.reasoning, found.finish_reason) == ("four", "2 and 2", "stop")
    assert found.tokens_per_sec
    assert not found.cut


@pytest.mark.parametrize(
    ("reply", "text"),
    [
        (answer(""), ""),
        (answer(None), ""),
        (answer(None, refusal="No."), "No."),
        (answer([{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]), "ab"),  # type: ignore[arg-type]
        (answer("a\x00\ud800b"), "a\ufffd\ufffdb"),
        (answer("x" * (LONGEST_ANSWER + 1)), "x" * LONGEST_ANSWER),
    ],
)
def test_the_text_of_an_answer(model: Model, reply: Reply, text: str) -> None:
    model.reply = lambda _: reply
    found = ask(model)
    assert isinstance(found, Answer)
    assert found.text == text
    assert found.cut == (len(text) == LONGEST_ANSWER)


def test_what_no_file_can_carry_is_replaced_wherever_it_stands(model: Model) -> None:
    body = b'{"choices": [{"message": {"content": "a", "reasoning": "\\ud800"}, "finish_reason": "\\ud800"}]}'
    model.reply = lambda _: Reply(body=body)
    found = ask(model)
    assert isinstance(found, Answer)
    assert (found.text, found.reasoning, found.finish_reason) == ("a", "\ufffd", "\ufffd")


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"", "isn't a JSON object"),
        (b"<html>", "isn't a JSON object"),
        (b"[" * 100_000, "isn't a JSON object"),
        (b"[]", "isn't a JSON object"),
        (b"{}", "no choices[0].message"),
        (b'{"choices": []}', "no choices[0].message"),
        (b'{"choices": [{"message": "x"}]}', "no choices[0].message"),
        (b'{"error": {"message": "out of\\n memory"}}', "The reply is an error: out of memory"),
        (b'{"error": "busy"}', "The reply is an error: busy"),
        (b" " * (17 * 1024 * 1024), "longer than 16 MiB"),
    ],
)
def test_a_reply_without_an_answer_is_errored_and_not_repeated(model: Model, body: bytes, told: str) -> None:
    model.reply = lambda _: Reply(body=body)
    assert told in reason(model)
    assert len(model.asked) == 1


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_what_may_pass_is_repeated(model: Model, status: int) -> None:
    in_turn(model, refusal(status), refusal(status, retry_after="0"), answer("at last"))
    found = ask(model)
    assert isinstance(found, Answer)
    assert found.text == "at last"


def test_a_closed_connection_is_repeated(model: Model) -> None:
    in_turn(model, Reply(None), answer("at last"))
    assert isinstance(ask(model), Answer)


def test_the_patience_has_an_end(model: Model) -> None:
    model.reply = lambda _: refusal(429, "slow down", retry_after="0")
    assert reason(model).endswith("answered 429: slow down")
    assert len(model.asked) == 1 + QUICK.retries


def test_who_asks_for_too_much_patience_is_left_alone(model: Model) -> None:
    model.reply = lambda _: refusal(429, retry_after="3600")
    assert "answered 429" in reason(model)
    assert len(model.asked) == 1


def test_what_the_server_asks_to_wait_is_waited(model: Model) -> None:
    in_turn(model, refusal(429, retry_after="0"), answer("at once"))
    # a pause of the endpoint's own would outlast the test
    assert isinstance(ask(model, patience=Patience(pause_s=100, retries=1)), Answer)


@pytest.mark.parametrize("status", [400, 403, 422, 301, 307])
def test_what_will_not_pass_is_not_repeated(model: Model, status: int) -> None:
    model.reply = lambda _: Reply(status, b'{"detail": "too long"}', (("Location", model.url),))
    assert reason(model).endswith(f"answered {status}: too long")
    assert len(model.asked) == 1


@pytest.mark.parametrize(("status", "what"), [(401, "--api-key-env"), (404, "--base and --model")])
def test_what_is_hopeless_stops_all(model: Model, status: int, what: str) -> None:
    model.reply = lambda _: refusal(status, f"no such thing as {KEY}")
    with pytest.raises(Prerequisite, match=what) as error:
        ask(model, key=KEY)
    assert KEY not in error.value.detail


def test_a_slow_answer_is_errored(model: Model) -> None:
    let_go = threading.Event()

    def late(_: str) -> Reply:
        let_go.wait(30)
        return answer("late")

    model.reply = late
    assert reason(model, patience=Patience(timeout_s=0.1, retries=0)) == "No reply in time."
    let_go.set()


def test_nobody_there() -> None:
    endpoint = Endpoint("http://127.0.0.1:1/v1", "x", Sampling(), patience=QUICK)
    (found,) = endpoint.answer([PROMPT])
    assert isinstance(found, Errored)
    assert found.reason == "No reply: Connection refused."


def test_a_closed_endpoint_waits_for_nothing(model: Model) -> None:
    model.reply = lambda _: refusal(500)
    endpoint = Endpoint(model.url, "x", Sampling(), patience=Patience(pause_s=60))
    endpoint.close()
    (found,) = endpoint.answer([PROMPT])
    assert isinstance(found, Errored)


def test_the_key_stands_in_no_reason(model: Model) -> None:
    model.reply = lambda _: refusal(400, f"Incorrect key {KEY} provided")
    assert KEY not in reason(model, key=KEY)


@pytest.mark.parametrize("key", ["two\nlines", "sch\u00fcssel"])
def test_a_key_that_no_header_carries(model: Model, key: str) -> None:
    with pytest.raises(Prerequisite, match="characters") as error:
        ask(model, key=key)
    assert key not in error.value.detail


@pytest.mark.parametrize(
    "base",
    [
        "ftp://host/v1",
        "http:///v1",
        "http://host:port/v1",
        "http://me:secret@host/v1",
        "http://h/v1?key=1",
        "file:///x",
    ],
)
def test_what_is_no_address(base: str) -> None:
    with pytest.raises(InvalidRequest, match="--base"):
        Endpoint(base, "x", Sampling())


@pytest.mark.parametrize(
    ("value", "seconds"),
    [(None, None), ("5", 5), ("-5", 0), ("0.5", 0.5), ("nan", 0), ("soon", None), (formatdate(0), 0)],
)
def test_retry_after(value: str | None, seconds: float | None) -> None:
    assert retry_after(value) == seconds
