"""Passkeys (WebAuthn): what a browser is asked, and whether what it answers is right.

The cryptography is py_webauthn's. A passkey must know its person by itself (a fingerprint, a PIN), for it is all that
is asked of them; what makes the device is not asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, parse_client_data_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from wall.core.people import Passkey, Person
from wall.core.words import _
from wall.errors import SignInError

TITLE = "Backchannel Wall"
NO_SENSE = _("That passkey could not be read. Try again.")
WRONG = _("That passkey is not right for this page. Try again.")
MALFORMED = (WebAuthnException, ValueError, TypeError, KeyError)

Answer = Mapping[str, Any]
"""What a browser sends: a credential as JSON (WebAuthn Level 3, 5.1.8)."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the browser is: the name that passkeys are bound to, and the whole origin."""

    name: str
    origin: str


def to_make(challenge: bytes, place: Place, person: Person) -> str:
    """Return, as JSON, what a browser is asked to make a passkey of."""
    options = generate_registration_options(
        rp_id=place.name,
        rp_name=TITLE,
        user_id=person.id.encode(),
        user_name=person.name,
        challenge=challenge,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[
            PublicKeyCredentialDescriptor(id=base64url_to_bytes(one.id)) for one in person.passkeys
        ],
    )
    return options_to_json(options)


def made(answer: Answer, challenge: bytes, place: Place, *, name: str, now: datetime) -> Passkey:
    """Return the passkey that a browser made; raises SignInError."""
    try:
        found = verify_registration_response(
            credential=dict(answer),
            expected_challenge=challenge,
            expected_rp_id=place.name,
            expected_origin=place.origin,
            require_user_verification=True,
        )
    except MALFORMED as error:
        raise SignInError(WRONG) from error
    return Passkey(
        id=bytes_to_base64url(found.credential_id),
        public_key=bytes_to_base64url(found.credential_public_key),
        name=name,
        made_at=now,
        uses=found.sign_count,
    )


def to_sign_in(challenge: bytes, place: Place) -> str:
    """Return, as JSON, what a browser is asked to sign; which passkey, its person chooses."""
    options = generate_authentication_options(
        rp_id=place.name, challenge=challenge, user_verification=UserVerificationRequirement.REQUIRED
    )
    return options_to_json(options)


def signed(answer: Answer, challenge: bytes, place: Place, passkey: Passkey, *, now: datetime) -> Passkey:
    """Return a passkey as it is once it signed; raises SignInError, also for a copy that lags behind its own count."""
    try:
        found = verify_authentication_response(
            credential=dict(answer),
            expected_challenge=challenge,
            expected_rp_id=place.name,
            expected_origin=place.origin,
            credential_public_key=base64url_to_bytes(passkey.public_key),
            credential_current_sign_count=passkey.uses,
            require_user_verification=True,
        )
    except MALFORMED as error:
        raise SignInError(WRONG) from error
    return replace(passkey, uses=found.new_sign_count, used_at=now)


def challenge_of(answer: Answer) -> bytes:
    """Return which challenge a browser says that it answers; whether it does, `made` and `signed` tell."""
    try:
        return parse_client_data_json(base64url_to_bytes(answer["response"]["clientDataJSON"])).challenge
    except MALFORMED as error:
        raise SignInError(NO_SENSE) from error


def id_of(answer: Answer) -> str:
    """Return which passkey a browser says that it used."""
    try:
        return bytes_to_base64url(base64url_to_bytes(answer["rawId"]))
    except MALFORMED as error:
        raise SignInError(NO_SENSE) from error
