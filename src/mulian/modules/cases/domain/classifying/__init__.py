"""What a text is about, learnt from texts whose topic is known. Pure: no Django, no clock, no network.

`marks` turns a text into numbered features; `model` holds what was learnt and judges a text with numpy alone;
`keeping` writes and reads its file. `rows`, `matrix`, `heads`, `stacking`, `calibration` and `learning` make a model;
they need scikit-learn and are imported only where one is trained, never by the server. `measuring` says how good one
is, `baseline` how good a plain linear classifier is on the same rows.
"""
