"""The library."""


def library(runtime):
    return {}


def unsafe(runtime):
    return {}
