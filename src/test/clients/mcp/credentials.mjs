// A program lets itself in: it knows nothing but the server's URL, the issuer, and what it was given to show who it is.
//   credentials.mjs 1|legacy|auto|modern URL CLIENT_ID SECRET|KEY
// The first generation of the TypeScript SDK, or the second one in one of its modes; a key is a private JWK for ES256.
import assert from 'node:assert/strict';
import * as second from '@modelcontextprotocol/client';
import * as providers from '@modelcontextprotocol/sdk/client/auth-extensions.js';
import * as first from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

const [way, url, clientId, proof] = process.argv.slice(2);
const { ClientCredentialsProvider, PrivateKeyJwtProvider } = way === '1' ? providers : second;
const expectedIssuer = new URL('/oauth', url).href;
const authProvider = proof.startsWith('{')
  ? new PrivateKeyJwtProvider({ expectedIssuer, clientId, privateKey: JSON.parse(proof), algorithm: 'ES256' })
  : new ClientCredentialsProvider({ expectedIssuer, clientId, clientSecret: proof });
const mode = way === 'modern' ? { pin: '2026-07-28' } : way;
const client = way === '1' ? new first.Client({ name: 'credentials', version: '1' })
  : new second.Client({ name: 'credentials', version: '1' }, { versionNegotiation: { mode } });
const Transport = way === '1' ? StreamableHTTPClientTransport : second.StreamableHTTPClientTransport;

await client.connect(new Transport(new URL(url), { authProvider }));
assert.deepEqual((await client.listTools()).tools.map(({ name }) => name), ['change', 'look']);
authProvider.saveTokens({ ...authProvider.tokens(), access_token: 'expired' });
await client.listPrompts();
assert.notEqual(authProvider.tokens().access_token, 'expired');
await client.close();
console.log('let in');
