"""Ports to engines and services outside, each with an offline default of "none"."""
