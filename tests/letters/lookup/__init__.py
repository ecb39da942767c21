"""Tests of the machine that looks up papers."""
