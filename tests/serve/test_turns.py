"""Long texts beside each other: short ones and other clients do not wait for them, and what nobody waits for ends."""

import asyncio
import threading
import time

import pytest

from vidocq.core.moment import seconds
from vidocq.serve import beside as module
from vidocq.serve.beside import Beside
from vidocq.serve.envelope import Refusal
from vidocq.serve.turns import CalledOff, Job, Turns


def busy(job, duration):
    """Work of so many seconds, that asks now and then."""

    def work():
        done = 0.0
        while done < duration:
            time.sleep(0.005)
            done += 0.005
            job.ask()
        return "done"

    return work


def running(turns, job, duration):
    ended = []

    def run():
        try:
            ended.append(turns.work(job, busy(job, duration)))
        except (CalledOff, Refusal) as error:
            ended.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.ended = ended
    return thread


@pytest.mark.parametrize("clients", [("a", "a"), ("a", "b")])
def test_a_short_text_does_not_wait_for_long_ones(clients):
    turns = Turns(1)
    long = [Job(clients[0]) for _ in range(6)]
    threads = [running(turns, job, 30.0) for job in long]
    time.sleep(1.0)
    began = seconds()
    short = Job(clients[1])
    assert turns.work(short, busy(short, 0.2)) == "done"
    assert seconds() - began < 5
    for job in long:
        job.end(CalledOff())
    for thread in threads:
        thread.join(5)
        assert isinstance(thread.ended[0], CalledOff)


def test_clients_have_the_same_share_whatever_the_number_of_their_texts():
    turns = Turns(1)
    many, one = [Job("a") for _ in range(8)], Job("b")
    threads = [running(turns, job, 60.0) for job in [*many, one]]
    time.sleep(3.0)
    for job in [*many, one]:
        job.end(CalledOff())
    for thread in threads:
        thread.join(5)
    assert 0.3 < one.spent / (one.spent + sum(job.spent for job in many)) < 0.7


def test_the_time_for_waiting_counts():
    turns = Turns(1)
    first = Job("a")
    thread = running(turns, first, 30.0)
    time.sleep(0.2)
    late = Job("b", until=seconds() + 0.5)
    with pytest.raises(Refusal) as refused:
        turns.work(late, busy(late, 30.0))
    assert refused.value.code == "too_long"
    first.until = seconds()
    thread.join(5)
    assert thread.ended[0].code == "too_long"


def test_what_nobody_waits_for_ends(monkeypatch):
    async def leave():
        beside, job = Beside(), Job("a")
        task = asyncio.ensure_future(beside.do(job, busy(job, 60.0)))
        await asyncio.sleep(0.3)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        spent, _ = job.spent, await asyncio.sleep(0.5)
        assert isinstance(job.over, CalledOff)
        assert not beside._turns._jobs
        assert spent < 1
        beside.close()

    asyncio.run(leave())


def test_where_there_is_too_much_the_heaviest_makes_room(monkeypatch):
    monkeypatch.setattr(module, "MOST", 4)
    monkeypatch.setattr(module, "MOST_OF_ONE", 2)
    monkeypatch.setattr(module, "HEAVY", 0.5)

    async def crowd():
        beside = Beside()
        jobs = [Job(client) for client in "aabbc"]
        tasks = [asyncio.ensure_future(beside.do(job, busy(job, 60.0))) for job in jobs]
        await asyncio.sleep(0.1)
        with pytest.raises(Refusal) as full:
            await tasks[-1]
        assert (full.value.status, full.value.code) == (503, "busy")
        own = Job("a")
        with pytest.raises(Refusal) as too_many:
            await beside.do(own, busy(own, 60.0))
        assert too_many.value.status == 429
        await asyncio.sleep(3.0)
        short = Job("c")
        assert await beside.do(short, busy(short, 0.05)) == "done"
        ended = [task for task in tasks[:-1] if task.done()]
        assert len(ended) == 1
        assert ended[0].exception().code == "busy"
        beside.close()
        await asyncio.gather(*tasks, return_exceptions=True)

    asyncio.run(crowd())
