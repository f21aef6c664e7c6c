"""The table figures are counted from."""

from mulian.insight.models.segment import Segment

__all__ = ["Segment"]
