"""An e-mail as a post. Pure. Of the sender's address nothing goes further than a keyed hash."""

import codecs
import hashlib
import hmac
import re
from datetime import UTC, datetime
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.utils import collapse_rfc2231_value, parseaddr

from wall.core import markup
from wall.core.event import Event
from wall.core.post import Author, Post, SourceRef
from wall.core.text import clean_name
from wall.errors import InvalidPost
from wall.sources.implied import implied
from wall.sources.mail.text import flowed, words_of_html, written

BY_MAIL = "By e-mail"
MOST_BOUNDARIES = 30  # each part within parts is looked for in every line
BOUNDARY = re.compile(rb"boundary\s*[*=]", re.IGNORECASE)
MOST_PARTS = 100
LONGEST_HEADER = 4000  # characters
LONGEST_PART = 128 * 1024  # characters
HTML, PLAIN = "text/html", "text/plain"
ENCRYPTED = ("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime")
AUTOMATIC = ("bulk", "junk", "list", "auto_reply", "auto-reply")
# By these, programs that answer, pass on or send to many say that nobody wrote to us.
MARKS = (
    "List-Id", "List-Post", "List-Unsubscribe", "X-Autoreply", "X-Autorespond", "X-Failed-Recipients", "Feedback-ID",
)  # fmt: skip
# What Python can decode besides: no letters in a mail are written so, and some take long to undo.
NO_CHARSETS = frozenset(
    ("ascii", "idna", "punycode", "unicode_escape", "raw-unicode-escape", "unicode-escape", "utf-7")
)
# What Python says of a text whose last letter is not whole.
CUT_OFF = ("unexpected end of data", "incomplete multibyte sequence")
MACHINES = re.compile(
    r"(?:mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?)(?:[+\-=].*)?", re.IGNORECASE
)
ANSWER = re.compile(
    r"\s*(?:(?:re|aw|antw|sv|vs|odp|res|r|fwd?|wg|tr|rv|enc|i|vb|doorst|回复|答复|转发)\s*(?:\[\d+\])?\s*[:：]|\[fwd:)",
    re.IGNORECASE,
)
LIKE_ADDRESS = re.compile(r"\S*[@＠﹫]\S*")
ADDRESS = re.compile(r"[^\s@<>]{1,64}@[^\s@<>]{1,255}")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
ARRIVED = re.compile(r'"([ \d]\d)-(\w{3})-(\d{4}) (\d\d:\d\d:\d\d [+-]\d{4})"', re.ASCII)


def parse_mail(
    raw: bytes, *, arrived: str, key: str, everything: bool, event: Event, source: SourceRef, now: datetime
) -> Post | None:
    """Return the post that a mail is, or None for one that a program sent. Raises InvalidPost.

    `raw` may be its beginning only. `arrived` is as IMAP writes it; `key` makes hashes that lead nobody back.
    """
    mail = parsed(raw)
    name, address = sender(mail)
    if is_automatic(mail, address):
        return None
    if not ADDRESS.fullmatch(address):
        raise InvalidPost("A mail says by no address whom it is from.")
    text = said(mail, address)
    marked = markup.from_text(text)
    if not marked.text:
        raise InvalidPost("A mail has no words of its own to show.")
    tags = markup.tags(marked)
    return Post(
        uid=f"mail:{source.id}/{hashed(key, 'mail', address, identity(mail, raw))}",
        source=source,
        author=Author(uid=f"mail:{source.id}/{hashed(key, 'from', address)}", handle=name, name=name),
        text=marked.text,
        spans=marked.spans,
        tags=implied(event, tags) if everything else tags,
        created_at=min(arrival(arrived), now),
        received_at=now,
        forgeable=True,
    )


def parsed(raw: bytes) -> Message:
    """Return a mail taken apart; raises InvalidPost for one that only wants to exhaust us."""
    if len(BOUNDARY.findall(raw)) > MOST_BOUNDARIES:
        raise InvalidPost("A mail has too many parts within parts.")
    try:
        return message_from_bytes(raw)
    except (MessageError, RecursionError, ValueError, LookupError, TypeError) as error:
        raise InvalidPost("A mail cannot be taken apart.") from error


def header(mail: Message, name: str) -> str:
    """Return a header as it was sent, on one line; "" where there is none."""
    raw = next((value for given, value in mail.raw_items() if given.lower() == name.lower()), "")
    # Some send letters of other scripts as they are; those come as halves that stand for bytes.
    text = str(raw)[:LONGEST_HEADER].encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return " ".join(text.split())


def readable(words: str) -> str:
    """Return words of a header with what was encoded for the way as people read it."""
    try:
        pieces = decode_header(words)
    except (MessageError, ValueError):
        return words
    return "".join(
        piece if isinstance(piece, str) else decoded(piece, charset or "utf-8") for piece, charset in pieces
    )


def sender(mail: Message) -> tuple[str, str]:
    """Return the name to show and the address, for hashing only, of who says they sent a mail."""
    try:
        # Taken apart before it is decoded, so that an encoded name cannot pass for an address.
        name, address = parseaddr(header(mail, "From"))
    except RecursionError as error:
        raise InvalidPost("A mail's sender cannot be read.") from error
    shown = clean_name(LIKE_ADDRESS.sub("", readable(name))).strip(" \"'()<>,;")
    return shown or BY_MAIL, address.strip().casefold()


def is_automatic(mail: Message, address: str) -> bool:
    """Tell whether a program sent a mail: an answer while away, a bounce, a list, or what our server calls spam."""
    submitted = header(mail, "Auto-Submitted").partition(";")[0].strip().lower()
    return (
        submitted not in ("", "no")
        or header(mail, "Precedence").strip().lower() in AUTOMATIC
        or any(name in mail for name in MARKS)
        or header(mail, "Return-Path").strip() == "<>"
        or mail.get_content_type() in ("multipart/report", "text/calendar")
        or MACHINES.fullmatch(address.partition("@")[0]) is not None
        or header(mail, "X-Spam-Flag").strip().lower() == "yes"
    )


def said(mail: Message, address: str) -> str:
    """Return what a mail says: its subject, unless it is an answer, and its words, without the sender's address."""
    if mail.get_content_type() in ENCRYPTED:
        raise InvalidPost("A mail is encrypted.")
    words = written(body(mail))
    subject = clean_name(readable(header(mail, "Subject")))
    if subject and not ANSWER.match(subject) and not words.casefold().startswith(subject.casefold()):
        words = f"{subject}\n{words}".strip()
    return re.sub(re.escape(address), "…", words, flags=re.IGNORECASE)


def body(mail: Message) -> str:
    """Return the words of a mail: its first plain text, else its first HTML made plain."""
    html: str | None = None
    for number, part in enumerate(mail.walk()):
        if number >= MOST_PARTS:
            break
        kind = part.get_content_type()
        if part.is_multipart() or kind not in (PLAIN, HTML) or part.get_content_disposition() == "attachment":
            continue
        text = content(part)
        if kind == PLAIN and text.strip():
            return flowed(text, delsp=says(part, "delsp", "yes")) if says(part, "format", "flowed") else text
        if kind == HTML and html is None:
            html = text
    return words_of_html(html) if html else ""


def says(part: Message, name: str, value: str) -> bool:
    return parameter(part, name).lower() == value


def parameter(part: Message, name: str) -> str:
    """Return what a part says of its content, such as its charset; "" where it says nothing."""
    given = part.get_param(name)
    return collapse_rfc2231_value(given) if given else ""


def content(part: Message) -> str:
    """Return the text of a part, which may have been cut off in the middle."""
    try:
        data = part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError) as error:
        raise InvalidPost("A mail's words cannot be decoded.") from error
    return decoded(data, parameter(part, "charset") or "utf-8")[:LONGEST_PART] if isinstance(data, bytes) else ""


def decoded(data: bytes, charset: str) -> str:
    """Return a text in a charset that its sender named, or in what it most likely is."""
    for name in (charset, "utf-8"):
        try:
            known = codecs.lookup(name).name
            return data.decode("utf-8" if known in NO_CHARSETS else known)
        except UnicodeDecodeError as error:
            if error.reason in CUT_OFF:
                return data[: error.start].decode(known, "replace")
        except (LookupError, ValueError, TypeError):
            continue  # not a charset at all
    return data.decode("cp1252", "replace")


def identity(mail: Message, raw: bytes) -> str:
    """Return what tells a mail from others, also when it is read again under another number."""
    given = header(mail, "Message-ID")
    return given or hashlib.sha256(raw).hexdigest()


def hashed(key: str, *what: str) -> str:
    """Return what tells addresses and mails apart, and leads nobody back who lacks the key."""
    return hmac.digest(key.encode(), "\0".join(what).encode("utf-8", "replace"), hashlib.sha256).hex()[:32]


def arrival(written_so: str) -> datetime:
    """Return when a mail arrived, in UTC; the server's word, for senders write what they like."""
    match = ARRIVED.fullmatch(written_so)
    try:
        if match is None:
            raise ValueError
        month = MONTHS.index(match[2].lower()) + 1
        time = datetime.strptime(f"{match[3]}-{month}-{int(match[1])} {match[4]}", "%Y-%m-%d %H:%M:%S %z")
        return time.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise InvalidPost("The server does not say when a mail arrived.") from error
