"""One search for Chinese, Tibetan and Latin text on both databases."""
