"""The recovery code on paper and as somebody types it."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitapp.domain.errors import BadInputError
from visitapp.security.recovery import as_code, secret_of

secrets = st.binary(min_size=20, max_size=20)


@given(secrets)
def test_a_code_brings_its_secret_back(secret):
    assert secret_of(as_code(secret)) == secret


@given(secrets, st.randoms(use_true_random=False))
def test_a_code_is_understood_as_people_type_it(secret, chance):
    typed = as_code(secret)
    typed = typed.replace("-", chance.choice(["", " ", "\u2013", " - ", "\n"]))
    typed = "".join(chance.choice([c, c.lower()]) for c in typed)
    typed = typed.replace("0", chance.choice("0Oo")).replace("1", chance.choice("1IiLl"))
    assert secret_of(f"  {typed} ") == secret


@given(secrets, st.integers(0, 35), st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
def test_one_wrong_character_is_noticed_as_a_slip(secret, place, other):
    plain = as_code(secret).replace("-", "")
    if plain[place] == other:
        return
    with pytest.raises(BadInputError, match="Check it against your recovery sheet"):
        secret_of(plain[:place] + other + plain[place + 1 :])


@given(st.text(alphabet=string.printable, max_size=60))
def test_other_text_is_no_code(text):
    with pytest.raises(BadInputError):
        secret_of(text)


def test_a_code_has_six_groups_without_letters_that_look_like_figures():
    code = as_code(bytes(range(20)))
    assert [len(group) for group in code.split("-")] == [6] * 6
    assert not set(code) & set("ILOU")
