"""Enrols many phones in a demo folder and prints their tokens (run as a process of its own by the bench)."""

from __future__ import annotations

import sys

from django.db import transaction

from mulian.site import preparing


def main(count: int) -> None:
    preparing.setup()
    from mulian.core.access import devices, tokens  # noqa: PLC0415 -- needs Django
    from mulian.core.access.models import Person, Posting  # noqa: PLC0415 -- as above
    from mulian.kernel import clock  # noqa: PLC0415 -- beside the two above

    liaisons = list(Person.objects.filter(id__in=Posting.objects.filter(role="liaison").values("person")))
    made = []
    for start in range(0, count, 100):
        with transaction.atomic():
            for n in range(start, min(start + 100, count)):
                token = tokens.make()
                devices.add_device(
                    person=liaisons[n % len(liaisons)], token=token, at=clock.now(), label="bench"
                )
                made.append(token)
    sys.stdout.write("\n".join(made))


if __name__ == "__main__":
    main(int(sys.argv[1]))
