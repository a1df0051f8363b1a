// The first generation of the TypeScript SDK: connects, lists and calls tools, and meets errors.
import assert from 'node:assert/strict';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

const [url, token] = process.argv.slice(2);
const transport = new StreamableHTTPClientTransport(new URL(url), {
  requestInit: { headers: { Authorization: `Bearer ${token}` } },
});
const client = new Client({ name: 'sdk1', version: '1' });
await client.connect(transport);

const { tools } = await client.listTools();
assert(tools.some((tool) => tool.name === 'listMcpServers'));

const called = await client.callTool({ name: 'listMcpServers', arguments: { per_page: 5 } });
assert.equal(called.isError, false);
assert(called.structuredContent.items.length > 0);

const wrong = await client.callTool({ name: 'listMcpServers', arguments: { per_page: 'five' } });
assert.equal(wrong.isError, true);
await assert.rejects(client.callTool({ name: 'nope', arguments: {} }), { code: -32602 });
await client.ping();
await client.close();

const stranger = new Client({ name: 'sdk1', version: '1' });
await assert.rejects(stranger.connect(new StreamableHTTPClientTransport(new URL(url))));

const byUrl = new Client({ name: 'sdk1', version: '1' });
await byUrl.connect(new StreamableHTTPClientTransport(new URL(`${url}?token=${token}`)));
assert.equal((await byUrl.listTools()).tools.length, tools.length);
await byUrl.close();
console.log(`sdk1 ${tools.length} tools`);
