// A person lets an application in: the person takes up an invitation and uses the pages as a browser would, and the
// application is an MCP client that knows nothing but the server's URL.
//   oauth.mjs 1|legacy|auto|modern URL INVITATION EMAIL
// The first generation of the TypeScript SDK, or the second one in one of its modes.
import assert from 'node:assert/strict';
import * as second from '@modelcontextprotocol/client';
import * as first from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

const [way, url, invitation, email] = process.argv.slice(2);
const password = 'a horse and a battery';
const redirectUrl = 'http://127.0.0.1:49152/callback';

/** What a browser does, without showing anything. */
class Person {
  cookies = new Map();
  passwords = 0;

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
    await this.submit(await this.go(new URL(invitation)), { password, again: password });
  }

  async lets(authorization) {
    let page = await this.go(authorization);
    if (page.html.includes('<h1>Sign in</h1>')) {
      this.passwords++;
      page = await this.submit(page, { email, password });
    }
    return this.submit(page, { decision: 'allow' });
  }
}

/** What an application keeps. */
class Application {
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
}

const mode = way === 'modern' ? { pin: '2026-07-28' } : way;
const newClient = () => (way === '1' ? new first.Client({ name: 'oauth', version: '1' })
  : new second.Client({ name: 'oauth', version: '1' }, { versionNegotiation: { mode } }));
const newTransport = (authProvider) => (way === '1' ? new StreamableHTTPClientTransport(new URL(url), { authProvider })
  : new second.StreamableHTTPClientTransport(new URL(url), { authProvider }));

const person = new Person();
await person.invited();

for (const round of ['one application', 'another one']) {
  const application = new Application();
  const refused = newTransport(application);
  await assert.rejects(newClient().connect(refused), /[Uu]nauthorized/);
  const answer = await person.lets(application.authorization);
  assert.equal(answer.searchParams.get('state'), 'the state');
  await refused.finishAuth(way === '1' ? answer.searchParams.get('code') : answer.searchParams);

  const client = newClient();
  await client.connect(newTransport(application));
  assert.deepEqual((await client.listTools()).tools.map(({ name }) => name), ['look']);

  const { refresh_token: before } = application.kept;
  application.kept = { ...application.kept, access_token: 'expired' };
  await client.listPrompts();
  assert.notEqual(application.kept.refresh_token, before);
  await client.close();
  console.log(round);
}
assert.equal(person.passwords, 1);
