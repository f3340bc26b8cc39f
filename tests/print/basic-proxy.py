#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A print server that demands Basic authentication (RFC 7617) over TLS and asks the one behind it.
Usage: basic-proxy.py CERTIFICATE KEY BACKEND-PORT USER PASSWORD; prints its port."""

import base64
import http.client
import http.server
import ssl
import sys

certificate, key, backend, user, password = sys.argv[1:]
wanted = 'Basic ' + base64.b64encode(f'{user}:{password}'.encode()).decode()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def log_message(self, *words):
        pass

    def answer(self, status, headers, body):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get('Content-Length', 0)))
        if self.headers.get('Authorization') != wanted:
            self.answer(401, {'WWW-Authenticate': 'Basic realm="CUPS"'}, b'')
            return
        other = http.client.HTTPConnection('127.0.0.1', int(backend))
        other.request('POST', self.path, body, {'Content-Type': 'application/ipp'})
        reply = other.getresponse()
        self.answer(reply.status, {'Content-Type': reply.getheader('Content-Type', '')}, reply.read())

    do_GET = do_POST


server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(certificate, key)
server.socket = context.wrap_socket(server.socket, server_side=True)
print(server.server_port, flush=True)
server.serve_forever()
