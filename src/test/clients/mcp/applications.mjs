// Applications that know nothing but a server's URL, by the first generation of the TypeScript SDK or the second one in one of its
// modes, and a person who uses the pages as a browser would.
import assert from 'node:assert/strict';
import * as second from '@modelcontextprotocol/client';
import * as first from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

const password = 'a horse and a battery';
const redirectUrl = 'http://127.0.0.1:49152/callback';

/** What a browser does, without showing anything. */
export class Person {
  cookies = new Map();
  passwords = 0;

  constructor(invitation, email) {
    Object.assign(this, { invitation, email });
  }

  async go(target, form) {
    const answer = await fetch(target, {
      redirect: 'manual',
      method: form ? 'POST' : 'GET',
      body: form && new URLSearchParams(form),
      headers: { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [name, value] = cookie.split(';')[0].split('=');
      this.cookies.set(name, value);
    }
    const location = answer.headers.get('location');
    if (!location) {
      assert(answer.ok, `${answer.status} at ${target}`);
      return { at: target, html: await answer.text() };
    }
    return location.startsWith(redirectUrl) ? new URL(location) : this.go(new URL(location, target));
  }

  submit({ at, html }, fields) {
    const text = (escaped) => escaped.replace(/&quot;/g, '"').replace(/&#39;/g, "'").replace(/&amp;/g, '&');
    const hidden = [...html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)];
    const action = html.match(/<form method="post" action="([^"]*)">/)[1];
    return this.go(new URL(text(action), at), { ...Object.fromEntries(hidden.map(([, k, v]) => [k, text(v)])), ...fields });
  }

  async invited() {
    await this.submit(await this.go(new URL(this.invitation)), { password, again: password });
  }

  async lets(authorization) {
    let page = await this.go(authorization);
    if (page.html.includes('<h1>Sign in</h1>')) {
      this.passwords++;
      page = await this.submit(page, { email: this.email, password });
    }
    return this.submit(page, { decision: 'allow' });
  }
}

/** What an application keeps. */
export class Application {
  constructor(way, url) {
    Object.assign(this, { way, url });
  }

  redirectUrl = redirectUrl;
  clientMetadata = {
    client_name: 'The application', redirect_uris: [redirectUrl], token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'],
  };
  state = () => 'the state';
  clientInformation = () => this.client;
  saveClientInformation = (client) => { this.client = client; };
  tokens = () => this.kept;
  saveTokens = (tokens) => { this.kept = tokens; };
  redirectToAuthorization = (authorization) => { this.authorization = authorization; };
  saveCodeVerifier = (verifier) => { this.verifier = verifier; };
  codeVerifier = () => this.verifier;
  saveDiscoveryState = (discovered) => { this.discovered = discovered; };
  discoveryState = () => this.discovered;

  newClient() {
    const { way } = this;
    return way === '1' ? new first.Client({ name: 'oauth', version: '1' })
      : new second.Client({ name: 'oauth', version: '1' },
        { versionNegotiation: { mode: way === 'modern' ? { pin: '2026-07-28' } : way } });
  }

  newTransport() {
    const Transport = this.way === '1' ? StreamableHTTPClientTransport : second.StreamableHTTPClientTransport;
    return new Transport(new URL(this.url), { authProvider: this });
  }

  /** With what the person's browser was sent back with. */
  async finish(transport, { searchParams }) {
    assert.equal(searchParams.get('state'), 'the state');
    await transport.finishAuth(this.way === '1' ? searchParams.get('code') : searchParams);
  }
}
