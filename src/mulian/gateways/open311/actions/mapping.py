"""A person says which service of another system a topic of ours is; it holds above what the settings say."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mulian.core.access import scope
from mulian.core.events.log import append
from mulian.gateways.open311.domain.refusals import NO_SERVICE_THERE, NO_SYSTEM, NO_TOPIC
from mulian.gateways.open311.events import TopicMapped, system_subject
from mulian.gateways.open311.models import Mapped
from mulian.gateways.open311.permissions import Permission
from mulian.gateways.open311.queries import catalogue
from mulian.gateways.open311.queries.systems import systems
from mulian.gateways.open311.queries.theirs import codes
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem


@transaction.atomic
def map_topic(*, system: str, topic: str, service: str, actor: Actor, at: datetime) -> Mapped:
    """`topic` "" is every other; `service` "" means that they do not take it.

    Raises `open311.no_system`, `open311.no_topic`, `open311.no_service_there`.
    """
    scope.require_any(actor, Permission.FORWARD)
    if system not in systems():
        raise Problem(NO_SYSTEM)
    if topic and topic not in catalogue.names("zh-hans"):
        raise Problem(NO_TOPIC)
    if service and service not in codes(system):
        raise Problem(NO_SERVICE_THERE)
    row, _ = Mapped.objects.update_or_create(
        system=system, topic=topic, defaults={"service": service, "by": actor.person, "at": at}
    )
    _tell(system, topic, service, actor, at)
    return row


@transaction.atomic
def unmap_topic(*, system: str, topic: str, actor: Actor, at: datetime) -> None:
    """The settings' word holds again, where they have one."""
    scope.require_any(actor, Permission.FORWARD)
    deleted, _ = Mapped.objects.filter(system=system, topic=topic).delete()
    if deleted:
        _tell(system, topic, None, actor, at)


def _tell(system: str, topic: str, service: str | None, actor: Actor, at: datetime) -> None:
    event = TopicMapped(subject_id=system_subject(system), system=system, topic=topic, service=service)
    append(event, actor=actor, at=at)
