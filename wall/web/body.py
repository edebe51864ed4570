"""What a page of ours sends: JSON, read as one of our forms."""

from typing import TypeVar

import msgspec
from starlette.requests import ClientDisconnect, Request

from wall.core.words import _
from wall.errors import InvalidInput

Form = TypeVar("Form", bound=msgspec.Struct)


async def read(request: Request, form: type[Form]) -> Form:
    """Return a request's JSON body as a form; raises InvalidInput in words."""
    try:
        return msgspec.json.decode(await request.body(), type=form)
    except ClientDisconnect as error:
        raise InvalidInput(_("This request broke off.")) from error
    except msgspec.MsgspecError as error:
        raise InvalidInput(_("This request cannot be read: %(trouble)s.", trouble=error)) from error
