"""How each SDK tells that it was refused: by a class of its own, and the status or code behind it."""

from contextlib import contextmanager

import pytest
from pinecone.exceptions import PineconeApiException, PineconeException

from .clients import GENERATION

if GENERATION >= 9:
    from pinecone import errors

    CLASSES = {
        400: errors.ApiError,
        401: errors.UnauthorizedError,
        403: errors.ForbiddenError,
        404: errors.NotFoundError,
        409: errors.ConflictError,
        412: errors.FailedPreconditionError,
        413: errors.PayloadTooLargeError,
        429: errors.RateLimitError,
        501: errors.ServiceError,
    }
else:
    from pinecone import exceptions

    CLASSES = {
        401: exceptions.UnauthorizedException,
        403: exceptions.ForbiddenException,
        404: exceptions.NotFoundException,
        501: exceptions.ServiceException,
    }

CODES = {
    "INVALID_ARGUMENT": 400,
    "OUT_OF_RANGE": 400,
    "UNAUTHENTICATED": 401,
    "PERMISSION_DENIED": 403,
    "NOT_FOUND": 404,
    "ALREADY_EXISTS": 409,
    "FAILED_PRECONDITION": 412,
    "RESOURCE_EXHAUSTED": 429,
    "UNIMPLEMENTED": 501,
}


@contextmanager
def refused(status: int, *words: str):
    """The SDK raises what it raises for this status, and its text holds these words."""
    with pytest.raises(PineconeException) as caught:
        yield caught
    error = caught.value
    assert status_of(error) == status, f"{type(error).__name__}: {error}"
    if over_rest(error):
        expected = CLASSES.get(status, PineconeApiException)
        assert isinstance(error, expected), f"{type(error).__name__} is no {expected.__name__}"
    for word in words:
        assert word.lower() in text_of(error).lower(), f"no {word!r} in: {text_of(error)}"


def over_rest(error) -> bool:
    return hasattr(error, "status_code") or hasattr(error, "status")


def status_of(error) -> int | None:
    if over_rest(error):
        return getattr(error, "status_code", None) or error.status
    code = getattr(error.__cause__, "code", None)
    return CODES.get(code().name, 500) if code else None


def text_of(error) -> str:
    return f"{error} {getattr(error, 'body', '')}"
