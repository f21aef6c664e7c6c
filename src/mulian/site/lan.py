"""HTTPS for phones in the same network: an authority of our own, and a plain page that explains how to trust it.

A phone needs a secure origin for microphone and service worker. The authority's key stays in the data folder.
"""

from __future__ import annotations

import html
import http.server
import ipaddress
import os
import socket
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from mulian.site import qr

LIFE = timedelta(days=397)
LOOKS_SECONDS = 1
"""How soon the page of trust notices that its demo has ended."""


@dataclass(frozen=True)
class Secure:
    """Where phones find the demo, and with which certificate."""

    addresses: tuple[str, ...]
    port: int
    certificate: Path
    key: Path
    authority: Path

    @property
    def base_url(self) -> str:
        return f"https://{self.addresses[0]}:{self.port}"

    @property
    def trust_url(self) -> str:
        return f"http://{self.addresses[0]}:{self.port + 1}"

    def invitation(self) -> str:
        """What is printed for someone with a phone in the hand."""
        lines = [
            "  For a phone in the same network / 同一网络中的手机：",
            f"  1. trust this demo's authority once / 先信任本演示的证书：  {self.trust_url}",
            qr.text(self.trust_url),
            f"  2. open the app / 打开应用：  {self.base_url}/field/",
            qr.text(f"{self.base_url}/field/"),
        ]
        return "\n".join(lines)

    def serve_trust_page(self, demo: int) -> None:
        """A tiny HTTP server while the demo's process lives: one page and the authority's certificate."""
        page, authority = _page(self), self.authority.read_bytes()

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                is_file = self.path == "/mulian-demo.crt"
                body = authority if is_file else page
                self.send_response(200)
                kind = "application/x-x509-ca-cert" if is_file else "text/html; charset=utf-8"
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """Quiet: the terminal shows the demo's own lines."""

        server = http.server.ThreadingHTTPServer(("0.0.0.0", self.port + 1), Handler)
        server.timeout = LOOKS_SECONDS
        while os.getppid() == demo:
            server.handle_request()


def prepare(folder: Path, port: int) -> Secure:
    """Makes or reuses the authority, and a certificate for this machine's present addresses."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    addresses = own_addresses()
    authority_key, authority = _authority(folder)
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = _certificate(key, authority_key, authority, addresses)
    secure = Secure(addresses, port, folder / "server.crt", folder / "server.key", folder / "authority.crt")
    secure.certificate.write_bytes(_pem(certificate) + _pem(authority))
    _write_key(secure.key, key)
    return secure


def own_addresses() -> tuple[str, ...]:
    """This machine's address as its network sees it, then loopback. Sends nothing."""
    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            found.append(str(probe.getsockname()[0]))
        except OSError:
            found.append("127.0.0.1")
    return tuple(dict.fromkeys([*found, "127.0.0.1"]))


def _authority(folder: Path) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    key_path, path = folder / "authority.key", folder / "authority.crt"
    if key_path.exists() and path.exists():
        key = serialization.load_pem_private_key(key_path.read_bytes(), password=None)
        assert isinstance(key, ec.EllipticCurvePrivateKey)
        return key, x509.load_pem_x509_certificate(path.read_bytes())
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Mulian demo authority")])
    certificate = (
        _builder(name, name, key)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    _write_key(key_path, key)
    path.write_bytes(_pem(certificate))
    return key, certificate


def _certificate(
    key: ec.EllipticCurvePrivateKey,
    authority_key: ec.EllipticCurvePrivateKey,
    authority: x509.Certificate,
    addresses: tuple[str, ...],
) -> x509.Certificate:
    names: list[x509.GeneralName] = [x509.IPAddress(ipaddress.ip_address(a)) for a in addresses]
    names.append(x509.DNSName("localhost"))
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Mulian demo")])
    return (
        _builder(subject, authority.subject, key)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(authority_key, hashes.SHA256())
    )


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)  # phones judge it by their own clocks, not by the demo's
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + LIFE)
    )


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _write_key(path: Path, key: ec.EllipticCurvePrivateKey) -> None:
    path.touch(mode=0o600)
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )


def _page(secure: Secure) -> bytes:
    link = html.escape(f"{secure.base_url}/field/")
    steps = f"""<!doctype html><html lang="zh"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>牧联 Mulian</title>
<body style="font:20px/1.8 sans-serif;max-width:34em;margin:1em auto;padding:0 1em">
<h1>牧联</h1><ol>
<li><a href="/mulian-demo.crt">下载证书</a></li>
<li>安卓：设置 → 安全 → 加密与凭据 → 安装证书 → CA 证书。iPhone：设置 → 已下载描述文件 → 安装，再到
关于本机 → 证书信任设置 中打开。</li>
<li><a href="{link}">{link}</a></li></ol>
<p lang="bo">ལག་ཁྱེར་ཕབ་ལེན་བྱས་ནས་ཁ་པར་ནང་སྒྲིག་འཇུག་བྱེད་རོགས། དེ་ནས་ཉེར་སྤྱོད་ཁ་ཕྱེ་རོགས།</p>
<p lang="en">Download the certificate, install it as a CA certificate, then open the app. Only for this demo;
remove it afterwards.</p>"""
    return steps.encode()
