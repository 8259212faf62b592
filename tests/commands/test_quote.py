from hydra.core.override_parser.overrides_parser import OverridesParser
from hypothesis import given
from hypothesis import strategies as st
from omegaconf import OmegaConf

from bench.commands._quote import quote_all, quoted

PARSER = OverridesParser.create()


def read_back(word):
    override = PARSER.parse_override(word)
    config = OmegaConf.create({})
    OmegaConf.update(config, "k", override.value())
    return config.k


@given(st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1))
def test_any_printable_value_survives_hydra(value):
    assert read_back("k=" + quoted(value)) == value


@given(st.text(alphabet="'\"\\${}a, =()", min_size=1))
def test_any_mixture_of_special_characters_survives_hydra(value):
    assert read_back("k=" + quoted(value)) == value


def test_path_like_keys_are_quoted_and_others_are_not():
    words = ["dataset.path=my data, (v2)=x.csv", "model=lead,lexical", "where=type=number", "limit=3"]
    assert quote_all(words) == [
        "dataset.path='my data, (v2)=x.csv'",
        "model=lead,lexical",
        "where='type=number'",
        "limit=3",
    ]


def test_quoted_values_lists_and_null_stay_as_they_are():
    words = ["dataset.path='a b'", "runs=[a,b]", "name=null", "+dataset.path=x", "--config-dir", "path=dir"]
    assert quote_all(words) == [
        "--config-dir",
        "path=dir",
        "dataset.path='a b'",
        "runs=[a,b]",
        "name=null",
        "+dataset.path=x",
    ]


@given(
    st.one_of(
        st.text(alphabet="abzAZ019_./-~ ", min_size=1),
        st.sampled_from(
            [
                "true",
                "False",
                "NULL",
                "nan",
                "Inf",
                "1e5",
                "./a.b",
                "../x",
                "/a/b-c.json",
                "a..b",
                "a.1",
                "x/",
            ]
        ),
    )
)
def test_a_path_survives_hydra_quoted_or_not(value):
    [word] = quote_all([f"dataset.path={value}"])
    if value.lower() != "null":
        assert read_back(word.replace("dataset.path", "k")) == value


def test_options_may_stand_anywhere():
    words = ["limit=3", "--config-dir", "own", "experiment=smoke", "-m", "model=lead"]
    assert quote_all(words) == ["--config-dir", "own", "-m", "limit=3", "+experiment=smoke", "model=lead"]


def test_sweep_splits_at_commas_unless_the_file_exists(tmp_path):
    odd = tmp_path / "a,b.csv"
    odd.write_text("")
    assert quote_all(["-m", "dataset.path=x y.csv,z.csv"]) == ["-m", "dataset.path='x y.csv','z.csv'"]
    assert quote_all(["-m", f"dataset.path={odd}"]) == ["-m", f"dataset.path='{odd}'"]


def test_a_comma_in_where_things_land_is_no_sweep():
    words = ["-m", "results_dir=a,b", "dataset.path=x.csv,y.csv"]
    assert quote_all(words) == ["-m", "results_dir='a,b'", "dataset.path='x.csv','y.csv'"]
