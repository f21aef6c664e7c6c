"""The tables figures are counted from, and kept in."""

from mulian.insight.models.count import Count
from mulian.insight.models.segment import Segment

__all__ = ["Count", "Segment"]
