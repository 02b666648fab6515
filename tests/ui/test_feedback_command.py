import json

from tests.ui.fake_services import sequence_answer
from ui.command_line import main
from ui.kept_conversations import KeptConversations
from ui.turns import Turn


def test_verdicts_are_printed_for_people_and_for_programs(tmp_path, capsys):
    kept = KeptConversations(tmp_path, lambda _: True)
    turn = Turn("Bagaimana\nurutannya?", answer=sequence_answer())
    kept.keep("browser:rahasia", "c1", turn)
    kept.judge("browser:rahasia", turn.turn_id, "down", "kurang")
    assert main(["feedback", "--store", str(tmp_path)]) == 0
    shown = capsys.readouterr().out
    assert "down  Bagaimana urutannya?  kurang\n" in shown
    assert main(["feedback", "--json", "--store", str(tmp_path)]) == 0
    printed = capsys.readouterr().out
    (line,) = json.loads(printed)["feedback"]
    assert line["answer"]["question"] == "Bagaimana urutannya?"
    assert "rahasia" not in shown + printed


def test_a_store_that_is_not_there_is_not_made(tmp_path, capsys):
    assert main(["feedback", "--json", "--store", str(tmp_path / "tiada")]) == 0
    assert json.loads(capsys.readouterr().out) == {"feedback": []}
    assert not (tmp_path / "tiada").exists()
