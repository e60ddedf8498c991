from django import forms

from tests.server.common.rendering import order, told


class Sample(forms.Form):
    seal = forms.ChoiceField(
        label="Class", choices=[("security", "security"), ("high", "high-security")], help_text="As printed."
    )
    site = forms.ChoiceField(label="Site", choices=[(str(number), f"Site {number}") for number in range(6)])
    since = forms.DateField(label="Since")
    mode = forms.ChoiceField(label="Mode", choices=[("", "---------"), ("road", "road")], required=False)
    who = forms.MultipleChoiceField(
        label="Who", choices=[("a", "guards")], widget=forms.CheckboxSelectMultiple, required=False
    )
    own = forms.BooleanField(label="Our own", required=False)
    key = forms.CharField(widget=forms.HiddenInput, required=False)


def field(form: forms.Form, name: str) -> str:
    return told("{% field value %}", value=form[name])


def test_up_to_five_choices_lie_open_and_keep_what_was_chosen() -> None:
    html = field(Sample({"seal": "high"}), "seal")
    assert '<fieldset class="field" aria-describedby="id_seal_helptext"><legend class="label">Class</legend>' in html
    assert 'id="id_seal_1" name="seal" value="high" checked required>high-security' in html
    assert '<p class="hint" id="id_seal_helptext">As printed.</p>' in html


def test_more_choices_are_a_list() -> None:
    assert '<label for="id_site">Site</label><select name="site"' in field(Sample(), "site")


def test_the_empty_choice_is_open_only_where_nothing_is_needed() -> None:
    assert order(field(Sample(), "mode"), 'value="" checked>none', 'value="road">road')
    assert '<span class="quiet">(optional)</span>' in field(Sample(), "mode")


def test_an_error_is_a_sentence_tied_to_its_field() -> None:
    html = field(Sample({"since": "31/02/2027"}), "since")
    assert 'aria-describedby="id_since_error"' in html
    assert 'aria-invalid="true"' in html
    assert '<div id="id_since_error"><p class="error">' in html


def test_a_day_has_the_browsers_field_until_something_else_was_typed() -> None:
    assert 'type="date"' in field(Sample(), "since")
    wrong = field(Sample({"since": "31/02/2027"}), "since")
    assert 'value="31/02/2027"' in wrong
    assert 'type="date"' not in wrong


def test_boxes_to_tick_have_their_words_after_them() -> None:
    assert order(field(Sample(), "own"), '<input type="checkbox" name="own"', '<label for="id_own">Our own</label>')
    assert '<input type="checkbox" id="id_who_0" name="who" value="a" checked>guards' in field(
        Sample({"who": ["a"]}), "who"
    )


def test_a_form_says_first_what_is_to_be_mended_and_links_there() -> None:
    html = told("{% fields value %}", value=Sample({"site": "1", "since": "never", "seal": "", "key": "k"}))
    assert order(html, 'role="alert"', "Nothing was stored.", "2 fields wait to be mended:", "<fieldset")
    assert '<a href="#id_seal_0">Class</a>' in html
    assert '<a href="#id_since">Since</a>' in html
    assert '<input type="hidden" name="key" value="k" id="id_key">' in html


def test_a_fresh_form_accuses_nobody() -> None:
    assert 'role="alert"' not in told("{% fields value %}", value=Sample())
