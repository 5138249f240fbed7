"""One way to call every client of every SDK: plain, async and gRPC, old and new."""

import asyncio
import inspect
import os

import pinecone

GENERATION = int(pinecone.__version__.split(".")[0])
CONTROL = ("plain", "async")
DATA = ("rest", "async", "grpc")

# Their own defaults when a name is not yet known to everybody.
AsyncPinecone = getattr(pinecone, "AsyncPinecone", None) or pinecone.PineconeAsyncio
ROOMS = {"indexes", "collections", "backups", "restore_jobs", "backup_schedules"}

# Read by the newest SDK; the older ones are told by a setting.
os.environ["PINECONE_GRPC_SCHEME"] = "http"


class Settled:
    """An async client, called as if it were none."""

    def __init__(self, client, loop):
        self.itself, self._loop = client, loop

    def __getattr__(self, name):
        found = getattr(self.itself, name)
        if name in ROOMS:
            return Settled(found, self._loop)
        if not callable(found):
            return found
        return lambda *given, **named: self._settle(found(*given, **named))

    def _settle(self, answer):
        if inspect.isawaitable(answer):
            return self._loop.run_until_complete(answer)
        if hasattr(answer, "__aiter__"):
            return self._loop.run_until_complete(collect(answer))
        return answer


async def collect(pages):
    return [page async for page in pages]


class Clients:
    """Opens each client once, for that takes them long, and closes all of them in the end."""

    def __init__(self):
        self._loop = asyncio.new_event_loop()
        self._open = {}

    def control(self, way: str, api: str, key: str):
        return self._once((way, api, key), lambda: self._control(way, api, key))

    def index(self, way: str, api: str, key: str, name: str = "", host: str = ""):
        """By name, as most programs do, or by a host that is known."""
        return self._once((way, api, key, name, host), lambda: self._index(way, api, key, name, host))

    def impatient(self, way: str, api: str, key: str):
        """Tries nothing again. Only the newest SDK can be told so."""
        patience = {"retry_config": pinecone.RetryConfig(max_retries=0)}
        return self._once((way, api, key, "impatient"), lambda: self._control(way, api, key, **patience))

    def close(self):
        for client in reversed(self._open.values()):
            getattr(client, "close", lambda: None)()
        self._loop.close()

    def _control(self, way, api, key, **settings):
        if way == "async":
            return Settled(self._loop.run_until_complete(entered(AsyncPinecone, key, api, **settings)), self._loop)
        return pinecone.Pinecone(api_key=key, host=api, **settings)

    def _index(self, way, api, key, name, host):
        if way == "rest":
            return self.control("plain", api, key).Index(name, host=host)
        if way == "async":
            opening = async_index(self.control("async", api, key).itself, name, host)
            return Settled(self._loop.run_until_complete(opening), self._loop)
        return grpc_index(api, key, name, host)

    def _once(self, what, opening):
        if what not in self._open:
            self._open[what] = opening()
        return self._open[what]


async def entered(client, key, api, **settings):
    return await client(api_key=key, host=api, **settings).__aenter__()


async def async_index(control, name, host):
    host = host or (await control.describe_index(name)).host
    if GENERATION >= 9:
        return await control.index(host=host)
    return await control.IndexAsyncio(host=host).__aenter__()


def grpc_index(api, key, name, host):
    if GENERATION >= 9:
        return pinecone.Pinecone(api_key=key, host=api).index(name, host=host, grpc=True)
    from pinecone.grpc import GRPCClientConfig, PineconeGRPC

    control = PineconeGRPC(api_key=key, host=api)
    host = host or control.describe_index(name).host
    # They put https before every host that has no dot, and know no scheme in the others.
    return control.Index(host=host.removeprefix("http://"), grpc_config=GRPCClientConfig(secure=False))
