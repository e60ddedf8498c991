"""The journal: what was recorded, by whom and when, as a chain of hashes per organisation."""

from __future__ import annotations

from django.db import models

from safeconduct.server.common.tenancy import Owned


class JournalEntry(Owned):
    """One change. Its payload is in two parts, so that what is about persons can be erased."""

    seq = models.BigIntegerField(help_text="Place in the organisation's chain, from 1.")
    at = models.DateTimeField(help_text="Moment of the change.")
    actor = models.CharField(max_length=40, help_text="Opaque key of the person or program that made it.")
    section = models.CharField(max_length=40, blank=True, help_text="Section of the fact; empty for the chain itself.")
    key = models.CharField(max_length=100, blank=True, help_text="Key of the fact.")
    deed = models.CharField(max_length=40, help_text="What was done, in a word.")
    version = models.PositiveSmallIntegerField(help_text="Version of the facts form the payload is written in.")
    factual = models.TextField(help_text="The fact's form without what is about persons, as canonical JSON.")
    factual_salt = models.CharField(max_length=64, help_text="Salt of the factual digest.")
    factual_digest = models.CharField(max_length=64, help_text="HMAC-SHA256 of the factual part.")
    personal = models.TextField(null=True, help_text="What is about persons, as canonical JSON; null once erased.")  # noqa: DJ001 erased is not empty
    personal_salt = models.CharField(
        max_length=64, blank=True, help_text="Salt of the personal digest; empty once erased."
    )
    personal_digest = models.CharField(max_length=64, help_text="HMAC-SHA256 of the personal part; stays.")
    previous = models.CharField(max_length=64, help_text="Hash of the entry before.")
    hash = models.CharField(max_length=64, help_text="SHA-256 over all of the above except the parts and salts.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "seq"], name="journal_entry_seq")]
        indexes = [models.Index(fields=["organisation", "section", "key", "seq"], name="journal_entry_subject")]

    def __str__(self) -> str:
        return f"{self.seq} {self.deed} {self.section}/{self.key}"


class JournalHead(Owned):
    """The last entry of an organisation's chain, moved with every entry: whoever has seen it has seen everything."""

    seq = models.BigIntegerField(help_text="Place of the last entry; 0 while there is none.")
    hash = models.CharField(max_length=64, help_text="Hash of the last entry.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation"], name="journal_head_once")]

    def __str__(self) -> str:
        return f"{self.seq}:{self.hash[:12]}"
