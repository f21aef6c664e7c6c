"""Facts about people, duties and phones."""

from __future__ import annotations

from dataclasses import dataclass

from mulian.kernel.event import Event


@dataclass(frozen=True, kw_only=True)
class _AboutPerson(Event):
    subject_kind = "person"


@dataclass(frozen=True, kw_only=True)
class PersonCreated(_AboutPerson):
    """A login was made."""

    name = "access.person_created"
    username: str


@dataclass(frozen=True, kw_only=True)
class PersonChanged(_AboutPerson):
    """A login was renamed, switched off or on, or given a new password (`what` says which)."""

    name = "access.person_changed"
    what: str


@dataclass(frozen=True, kw_only=True)
class PostingOpened(_AboutPerson):
    """The person took up a duty."""

    name = "access.posting_opened"
    posting: str
    role: str
    area: str
    unit: str | None


@dataclass(frozen=True, kw_only=True)
class PostingClosed(_AboutPerson):
    """The person gave up a duty; access ends with it, history stays."""

    name = "access.posting_closed"
    posting: str
    role: str
    area: str


@dataclass(frozen=True, kw_only=True)
class LeaveSet(_AboutPerson):
    """The person is away from a duty for a while; the deputy stands in."""

    name = "access.leave_set"
    posting: str
    starts: str
    ends: str
    deputy: str | None


@dataclass(frozen=True, kw_only=True)
class ShiftChanged(_AboutPerson):
    """The rota changed (`what`: added or removed)."""

    name = "access.shift_changed"
    what: str
    unit: str
    kind: str
    starts: str
    ends: str


@dataclass(frozen=True, kw_only=True)
class EnrolmentStarted(_AboutPerson):
    """A code for a phone was shown."""

    name = "access.enrolment_started"
    enrolment: str


@dataclass(frozen=True, kw_only=True)
class DeviceEnrolled(_AboutPerson):
    """A phone became this person's."""

    name = "access.device_enrolled"
    device: str


@dataclass(frozen=True, kw_only=True)
class DeviceRevoked(_AboutPerson):
    """The phone may no longer be used; it is wiped at its next contact."""

    name = "access.device_revoked"
    device: str


@dataclass(frozen=True, kw_only=True)
class DevicePinSet(_AboutPerson):
    """The phone's owner chose a PIN; the county knows only what proves it, for when the lease is over."""

    name = "access.device_pin_set"
    device: str


@dataclass(frozen=True, kw_only=True)
class DeviceShareDropped(_AboutPerson):
    """A wrong PIN came too often: the county's half of the phone's key is gone, a new code is needed."""

    name = "access.device_share_dropped"
    device: str


@dataclass(frozen=True, kw_only=True)
class OpenRosaKeyGiven(_AboutPerson):
    """A form program on a device got its key; the earlier one of that device ended."""

    name = "access.openrosa_key_given"
    device: str
