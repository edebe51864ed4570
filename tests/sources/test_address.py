import pytest

from wall.errors import SourceError
from wall.sources.address import WEBSOCKET, checked_url, refusal

NEVER = [
    "0.0.0.0",
    "0.1.2.3",
    "100.100.100.200",
    "168.63.129.16",
    "169.254.0.1",
    "169.254.169.254",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
    "198.18.0.1",
    "198.51.100.7",
    "203.0.113.9",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::127.0.0.1",
    "::8.8.8.8",
    "::ffff:169.254.169.254",
    "::ffff:0:127.0.0.1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::7f00:1",
    "100::1",
    "2001::1",
    "2001:10::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:808:808::",
    "3fff::1",
    "5f00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "example.org",
    "",
]

PRIVATE = [
    "10.0.0.1",
    "100.64.0.1",
    "127.0.0.1",
    "127.255.255.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "::1",
    "fc00::1",
    "fd12:3456::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::192.168.0.1",
]

PUBLIC = [
    "8.8.8.8",
    "172.32.0.1",
    "100.128.0.1",
    "2606:4700::6810:1",
    "2a00:1450:4001::1",
    "::ffff:8.8.8.8",
    "64:ff9b::808:808",
]


@pytest.mark.parametrize("private_addresses", [False, True])
@pytest.mark.parametrize("address", NEVER)
def test_an_address_that_is_no_public_server_is_refused_whatever_the_setting(address, private_addresses):
    assert refusal(address, private_addresses=private_addresses)


@pytest.mark.parametrize("address", PRIVATE)
def test_a_private_address_is_refused_unless_the_setting_allows_it(address):
    assert refusal(address) == "it is a private address"
    assert refusal(address, private_addresses=True) is None


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_allowed(address):
    assert refusal(address) is None


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org",
        "//example.org/",
        "file:///etc/passwd",
        "ftp://example.org/",
        "gopher://example.org/",
        "javascript:alert(1)",
        "data:text/plain,hello",
        "ws://example.org/",
        "http://",
        "http:///path",
        "http://?query",
        "http://mia@example.org/",
        "http://mia:secret@example.org/",
        "http://example.org@evil.example/",
        "http://example.org:0/",
        "http://example.org:-1/",
        "http://example.org:65536/",
        "http://example.org:99999999999/",
        "http://example.org:22/",
        "http://example.org:25/",
        "http://example.org:6379/",
        "http://example.org:http/",
        "http://[::1/",
        "http://[zz]/",
        "http://[fe80::1%25eth0]/",
        "http://999.1.1.1/",
        "http://１２７.０.０.１/",
        "http://exa%6dple.org/",
        "http://example.org/\r\nHost: evil",
        "http://example.org/\x00",
        "http://exam\ud800ple.org/",
        "http://example.org/\ud800",
        "http://" + "a" * 70_000,
    ],
)
def test_an_address_of_a_form_we_do_not_ask_is_refused_for_good(url):
    with pytest.raises(SourceError) as caught:
        checked_url(url)

    assert caught.value.permanent


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/@mia/1?x=1#y",
        "http://example.org:8080/",
        "https://example.org:443/",
        "HTTPS://EXAMPLE.ORG/",
        "https://bücher.example/",
        "http://127.0.0.1/",
        "http://[2606:4700::1]/",
    ],
)
def test_an_address_of_the_web_is_parsed(url):
    assert checked_url(url).scheme in ("http", "https")


def test_a_relay_is_asked_by_websocket_only():
    assert checked_url("wss://relay.example", schemes=WEBSOCKET).host == "relay.example"
    with pytest.raises(SourceError, match="ws:// or wss://"):
        checked_url("https://relay.example", schemes=WEBSOCKET)


def test_any_port_is_allowed_where_the_setting_allows_private_addresses():
    assert checked_url("http://localhost:81/", any_port=True).port == 81
    with pytest.raises(SourceError, match="Port 70000"):
        checked_url("http://localhost:70000/", any_port=True)
