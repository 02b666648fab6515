"""What a regulation or decree tells of itself outside its sentences, whichever of it is asked."""

from __future__ import annotations

from assistant.drafts import Draft
from assistant.finder import Evidence, Finder
from assistant.legal_basis import legal_basis
from assistant.question_kinds import Kind
from assistant.signatures import asks_when_enacted, asks_who_signed, when_enacted, who_signed
from assistant.understand import Question


def told_by_its_blocks(question: Question, finder: Finder, evidence: Evidence) -> Draft:
    """Who signed it, when, or what it rests on; no statements where none of these is asked."""
    if question.kind is Kind.PERSON and asks_who_signed(question):
        return who_signed(question, finder, evidence)
    if question.kind is Kind.DATE and asks_when_enacted(question):
        return when_enacted(question, finder, evidence)
    if question.kind is Kind.LEGAL_BASIS:
        return legal_basis(finder, evidence)
    return Draft()
