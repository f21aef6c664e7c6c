"""Rules of tasks and visits: pure, without Django and without a clock."""
