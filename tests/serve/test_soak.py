"""Minutes of use leave nothing behind: memory and open files do not grow."""

import asyncio
import os
import time
from pathlib import Path

import httpx
import pytest

from guarding import EMAIL, FILLER, KEY, PHONE, Says, guarded

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="reads /proc"),
]
ROUNDS, AT_ONCE = 12, 8
SETTLED = 7.0  # seconds: connections that nobody uses are closed after five


def resident_kib():
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1024


def open_files():
    return len(os.listdir("/proc/self/fd"))


async def use(url):
    """Requests of all kinds, some of whose clients leave in the middle."""
    headers = {"authorization": f"Bearer {KEY}"}

    async with httpx.AsyncClient(base_url=url, headers=headers, timeout=60) as client:

        async def one(i):
            chat = {"model": "tiny", "messages": [{"role": "user", "content": f"{i} {EMAIL} {FILLER * (i % 3)}"}]}
            await client.post("/chat/completions", json=chat)
            await client.post("/chat/completions", content=b"{")
            async with client.stream("POST", "/chat/completions", json={**chat, "stream": True}) as answer:
                async for _ in answer.aiter_bytes():
                    if i % 2:
                        break
            await client.post("/responses", json={"model": "tiny", "input": "x", "stream": True})

        await asyncio.gather(*(one(i) for i in range(AT_ONCE)))


def test_a_long_use_leaves_nothing_behind(tmp_path):
    with guarded(tmp_path, Says(f"{FILLER * 6}{PHONE} {FILLER * 6}")) as proxy:

        def some(times):
            for _ in range(times):
                asyncio.run(use(proxy.url))
                proxy.served.asked.clear()
            time.sleep(SETTLED)
            return resident_kib(), open_files()

        some(ROUNDS)
        before, files = some(ROUNDS)
        after, files_after = some(2 * ROUNDS)
    assert files_after <= files + 4
    assert after - before < 4096
