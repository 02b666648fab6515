import io
import json
import stat
import sys

import pytest

from ui.command_line import main
from ui.users import Users, UsersRefused, add_user, remove_user
from ui.visitors import (
    AuditLog,
    EditorsOnly,
    Gate,
    RateLimit,
    SignInNeeded,
    TooOften,
    users_for,
)


@pytest.fixture
def file(tmp_path):
    file = tmp_path / "orang" / "users.json"
    add_user(file, "ana", "editor", "kata sandi ana")
    add_user(file, "budi", "reader", "kata sandi budi")
    return file


def test_a_password_is_kept_as_an_argon2_hash_that_only_its_owner_reads(file):
    text = file.read_text()
    assert "kata sandi" not in text
    assert text.count("$argon2id$") == 2
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_only_the_right_password_of_a_known_name_lets_in(file):
    users = Users(file)
    assert users.verify("ana", "kata sandi ana")
    assert not users.verify("ana", "kata sandi budi")
    assert not users.verify("siapa", "kata sandi ana")
    assert not users.verify("", "")


def test_changes_to_the_file_count_at_once(file):
    users = Users(file)
    add_user(file, "ana", "reader", "sandi yang baru")
    assert users.verify("ana", "sandi yang baru")
    assert users.get("ana").role == "reader"
    remove_user(file, "ana")
    assert users.get("ana") is None
    assert not users.verify("ana", "sandi yang baru")


@pytest.mark.parametrize(
    ("name", "password"),
    [("", "12345678"), ("a b", "12345678"), ("a" * 65, "12345678"), ("c", "123")],
)
def test_names_and_passwords_that_cannot_be_used_are_refused(file, name, password):
    with pytest.raises(UsersRefused):
        add_user(file, name, "reader", password)
    assert len(Users(file)) == 2


@pytest.mark.parametrize(
    "content", ["", "[]", '{"users": [{"name": "a"}]}', '{"users": [1]}', '{"users": "x"}']
)
def test_a_file_that_is_no_list_of_users_is_refused(tmp_path, content):
    broken = tmp_path / "users.json"
    broken.write_text(content)
    with pytest.raises(UsersRefused, match="tanya users add"):
        Users(broken)


def test_a_role_that_there_is_not_is_refused(file):
    file.write_text(file.read_text().replace('"editor"', '"admin"'))
    with pytest.raises(UsersRefused):
        Users(file)


def test_no_one_is_removed_twice(file):
    remove_user(file, "budi")
    with pytest.raises(UsersRefused, match="budi"):
        remove_user(file, "budi")


def test_a_limit_counts_each_person_and_forgets_in_time():
    now = [0.0]
    limit = RateLimit(3, 60.0, lambda: now[0])
    limit.count("ana", 2)
    limit.count("ana")
    with pytest.raises(TooOften):
        limit.count("ana")
    limit.count("budi")
    now[0] = 61.0
    limit.count("ana", 3)
    with pytest.raises(TooOften):
        RateLimit(3, 60.0).count("ana", 4)


def test_where_no_one_signs_in_everyone_may_do_everything():
    visitor = Gate().visitor(None, "acak")
    assert visitor.may_edit
    assert visitor.person != Gate().visitor(None, "lain").person
    assert Gate().visitor(None, "").person == ""


def test_roles_come_from_the_file_and_not_from_the_browser(file):
    gate = Gate(Users(file))
    assert gate.visitor("ana", "apa saja").may_edit
    assert not gate.visitor("budi", "").may_edit
    assert not gate.visitor(None, "ana").may_edit
    assert gate.visitor("ana", "x").person == gate.visitor("ana", "y").person
    remove_user(file, "ana")
    assert not gate.visitor("ana", "").may_edit


def test_passwords_cannot_be_tried_out_for_long(file):
    gate = Gate(Users(file))
    assert gate.sign_in("ana", "kata sandi ana")
    for _ in range(9):
        assert not gate.sign_in("ana", "tebakan")
    assert not gate.sign_in("ana", "kata sandi ana")
    assert gate.sign_in("budi", "kata sandi budi")


def test_changes_are_noted_once_they_are_made_and_only_editors_make_them(file, tmp_path):
    gate = Gate(Users(file), AuditLog(tmp_path))
    ana, budi = gate.visitor("ana", ""), gate.visitor("budi", "")
    with gate.editing(ana, "erase", document="d1"):
        pass
    with pytest.raises(EditorsOnly), gate.editing(budi, "erase", document="d2"):
        raise AssertionError("a reader got in")
    with pytest.raises(ValueError, match="rusak"), gate.editing(ana, "remove", document="d3"):
        raise ValueError("rusak")
    (line,) = (tmp_path / "audit.jsonl").read_text().splitlines()
    noted = json.loads(line)
    assert (noted["who"], noted["action"], noted["document"]) == ("ana", "erase", "d1")
    assert noted["at"].endswith("+00:00")


def test_a_log_that_cannot_be_written_is_told_in_the_programs_own(tmp_path, caplog):
    AuditLog(tmp_path / "tiada").note("ana", "erase", document="d1")
    assert "d1" in caplog.text


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "kantor.example", ""])
def test_on_a_network_no_page_starts_without_users(host, file, tmp_path, capsys):
    with pytest.raises(SignInNeeded, match="tanya users add"):
        users_for(host, None)
    assert len(users_for(host, file)) == 2
    empty = tmp_path / "kosong.json"
    empty.write_text('{"users": []}')
    with pytest.raises(SignInNeeded):
        users_for(host, empty)
    assert main(["chat", "--host", host, "--store", str(tmp_path / "store")]) == 2
    assert "tanya users add" in capsys.readouterr().err


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.53", "::1", "localhost"])
def test_on_this_machine_no_one_has_to_sign_in(host, file):
    assert users_for(host, None) is None
    assert users_for(host, file) is not None


def test_users_are_added_listed_and_removed_from_the_command_line(tmp_path, monkeypatch, capsys):
    at = ["--store", str(tmp_path)]
    monkeypatch.setattr(sys, "stdin", io.StringIO("sandi panjang\n"))
    assert main(["users", "add", "ana", "--role", "editor", *at]) == 0
    assert main(["users", "list", "--json", *at]) == 0
    out = capsys.readouterr().out
    assert json.loads(out.splitlines()[-1]) == {"users": [{"name": "ana", "role": "editor"}]}
    assert Users(tmp_path / "users.json").verify("ana", "sandi panjang")
    assert main(["users", "remove", "ana", *at]) == 0
    assert main(["users", "remove", "ana", *at]) == 2
    assert "sandi panjang" not in out
