"""CSS of an event's own: read by a parser, and only what cannot reach outside or move is written out again.

The policy of the pages forbids foreign addresses as well; this says so in words before anything is saved.
"""

import tinycss2
from tinycss2.ast import AtRule, Declaration, FunctionBlock, Node, ParseError, QualifiedRule, URLToken

from wall.core.words import _
from wall.errors import InvalidInput

MOST_CSS = 20_000
MOST_RULES = 400
DEEPEST = 8
AT_RULES = ("media", "supports", "container")
REACHING = ("url", "src", "image", "image-set", "-webkit-image-set", "cross-fade", "-webkit-cross-fade", "element")
REACHING_PROPERTIES = ("behavior", "-moz-binding")
MOVING = ("animation", "transition", "offset", "view-transition", "scroll-timeline", "view-timeline")


def own_css(text: str) -> str:
    """Return a stylesheet as it may be served; raises InvalidInput with the line of what it may not have."""
    if len(text) > MOST_CSS:
        raise InvalidInput(_("At most %(most_css)s characters of CSS.", most_css=f"{MOST_CSS:,}"), field="css")
    text = text.encode("utf-8", "replace").decode()
    rules = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    if len(rules) > MOST_RULES:
        raise InvalidInput(_("At most %(most_rules)s rules of CSS.", most_rules=MOST_RULES), field="css")
    for rule in rules:
        check_rule(rule, deep=1)
    return "\n".join(rule.serialize() for rule in rules)


def check_rule(rule: Node, *, deep: int) -> None:
    if isinstance(rule, ParseError):
        raise refused(rule, _("This is no CSS: %(message)s.", message=rule.message))
    if deep > DEEPEST:
        raise refused(rule, _("Rules stand at most %(deepest)s deep in each other.", deepest=DEEPEST))
    if isinstance(rule, Declaration):
        check_declaration(rule)
        return
    if isinstance(rule, AtRule):
        if rule.lower_at_keyword not in AT_RULES:
            raise refused(
                rule,
                _(
                    "@%(lower_at_keyword)s is not for screens; %(at_rules)s are.",
                    lower_at_keyword=rule.lower_at_keyword[:30],
                    at_rules=listed(AT_RULES),
                ),
            )
        check_values(rule.prelude)
    elif isinstance(rule, QualifiedRule):
        check_values(rule.prelude)
    for inner in tinycss2.parse_blocks_contents(rule.content or [], skip_comments=True, skip_whitespace=True):
        check_rule(inner, deep=deep + 1)


def check_declaration(declaration: Declaration) -> None:
    name = declaration.lower_name.removeprefix("-webkit-").removeprefix("-moz-")
    if name.startswith(MOVING):
        raise refused(declaration, _("“%(name)s”: nothing moves on a screen but what fades in.", name=name))
    if declaration.lower_name in REACHING_PROPERTIES:
        raise refused(declaration, _("“%(name)s” can load a program.", name=name))
    check_values(declaration.value)


def check_values(values: list[Node] | None) -> None:
    """Refuse addresses wherever they stand, in functions and blocks as well."""
    for value in values or []:
        if isinstance(value, URLToken):
            raise refused(
                value, _("An address: a screen loads nothing by CSS. Set the picture as background or logo.")
            )
        if isinstance(value, ParseError):
            raise refused(value, _("This is no CSS: %(message)s.", message=value.message))
        if isinstance(value, FunctionBlock):
            if value.lower_name in REACHING:
                raise refused(
                    value,
                    _(
                        "%(lower_name)s() can name an address: a screen loads nothing by CSS.",
                        lower_name=value.lower_name,
                    ),
                )
            check_values(value.arguments)
        else:
            check_values(getattr(value, "content", None))


def refused(node: Node, words: str) -> InvalidInput:
    return InvalidInput(_("Line %(line)s: %(words)s", line=node.source_line, words=words), field="css")


def listed(names: tuple[str, ...]) -> str:
    return ", ".join(f"@{name}" for name in names)
