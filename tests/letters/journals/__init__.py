"""Tests of the room of journals."""
