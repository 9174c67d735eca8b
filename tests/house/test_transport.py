"""A worker goes on after the broker did not take an acknowledgement."""

from __future__ import annotations

import pytest
from kombu import Connection, Queue
from kombu.transport import redis as transport
from redis.exceptions import TimeoutError as TimedOut

from verifier.celery import app
from verifier.transport import ForgivingQoS


def test_the_place_of_a_task_is_free_again_where_its_acknowledgement_was_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    with Connection(app.conf.broker_url) as connection:
        channel = connection.channel()
        channel.basic_qos(prefetch_size=0, prefetch_count=1, apply_global=False)
        queue = Queue("acknowledgements", channel=channel)
        queue.declare()
        producer = connection.Producer(channel)
        producer.publish({}, routing_key="acknowledgements")
        message = queue.get()
        assert message is not None
        channel.qos.append(message, message.delivery_tag)
        assert not channel.qos.can_consume()

        def away(*_: object) -> None:
            raise TimedOut("the broker is frozen")

        monkeypatch.setattr(channel.qos, "_remove_from_indices", away)
        with pytest.raises(TimedOut):
            message.ack()
        assert channel.qos.can_consume()
        queue.delete()


def test_every_channel_of_the_redis_transport_is_forgiving() -> None:
    assert transport.Channel.QoS is ForgivingQoS
