"""What Celery's Redis transport does where the broker does not take an acknowledgement."""

from __future__ import annotations

from kombu.transport import redis, virtual
from redis.exceptions import RedisError


class ForgivingQoS(redis.QoS):
    """Free the place of a task whose acknowledgement was lost; else a worker waits for it for ever and takes no other.

    The broker hands such a task out again once it has been invisible long enough, and every step knows that it is done.
    """

    def ack(self, delivery_tag: str) -> None:
        """Acknowledge a task. Raises what the broker's connection raises, after its place was freed."""
        try:
            super().ack(delivery_tag)
        except (RedisError, OSError):
            virtual.QoS.ack(self, delivery_tag)
            raise


def install() -> None:
    """Make every channel of this process use it."""
    redis.Channel.QoS = ForgivingQoS
