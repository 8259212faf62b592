import pytest

from bench.errors import StorageError
from bench.records import Failure, Key, Prediction, SpanScore
from bench.store.segments import Entry, SegmentWriter, read_segments, repair_segment


def entry(n, **fields):
    prediction = Prediction(key=Key(f"q{n}"), request_digest=f"d{n}", text=f"answer {n}", **fields)
    return Entry(prediction=prediction, seconds=n / 10)


@pytest.fixture
def segment(tmp_path):
    writer = SegmentWriter(tmp_path)
    for n in range(4):
        writer.append(entry(n))
    writer.close()
    return tmp_path / "0001.log"


def test_what_is_written_is_read_back(tmp_path):
    odd = [
        entry(1, spans=(SpanScore(text="x", score=-1.5, start=0, end=1),), null_score=0.25, confidence=0.5),
        entry(2, status="failed", error=Failure(type="ValueError", message="\ud800\x00\u2028")),
        Entry(
            prediction=Prediction(key=Key("q", "shuffle@k=2:7", 3), request_digest="d", text="é\n\t\ud83d"),
            seconds=0,
        ),
    ]
    writer = SegmentWriter(tmp_path)
    for e in odd:
        writer.append(e)
    writer.close()
    assert read_segments(tmp_path) == (odd, [])


def test_each_start_gets_its_own_segment(tmp_path):
    for n in (1, 2):
        writer = SegmentWriter(tmp_path)
        writer.append(entry(n))
        writer.close()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["0001.log", "0002.log"]
    assert [e.prediction.key.item_id for e in read_segments(tmp_path)[0]] == ["q1", "q2"]


def test_cut_at_every_byte_of_the_last_two_records(segment):
    data = segment.read_bytes()
    starts = [i + 1 for i, b in enumerate(data[:-1]) if b == 10]
    for cut in range(starts[-2], len(data)):
        segment.write_bytes(data[:cut])
        entries, notes = read_segments(segment.parent)
        whole = data[:cut].count(b"\n")
        assert len(entries) == whole
        assert bool(notes) == (cut not in (starts[-2], starts[-1]))


@pytest.mark.parametrize("line", [1, 2])
def test_damage_in_the_middle_is_an_error_that_names_the_line(segment, line):
    lines = segment.read_bytes().split(b"\n")
    lines[line - 1] = lines[line - 1].replace(b"answer", b"anzwer")
    segment.write_bytes(b"\n".join(lines))
    with pytest.raises(StorageError, match=f"0001.log:{line}: damaged record"):
        read_segments(segment.parent)


def test_repair_keeps_a_copy_and_the_good_records(segment):
    damaged = segment.read_bytes().replace(b"answer 1", b"answer 9")
    segment.write_bytes(damaged)
    assert repair_segment(segment) == 1
    assert segment.with_suffix(".damaged").read_bytes() == damaged
    assert [e.prediction.key.item_id for e in read_segments(segment.parent)[0]] == ["q0", "q2", "q3"]
