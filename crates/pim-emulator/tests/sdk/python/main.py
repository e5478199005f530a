"""Runs all checks, each on an emulator that begins anew."""

import asyncio
import inspect

import managed_identity
import queries
import tutorial
from emulator import reset


async def main():
    for module in (tutorial, queries, managed_identity):
        for name, check in inspect.getmembers(module, inspect.iscoroutinefunction):
            if name.startswith("check"):
                reset()
                await check()
                print(f"ok {module.__name__}.{name}", flush=True)


asyncio.run(main())
