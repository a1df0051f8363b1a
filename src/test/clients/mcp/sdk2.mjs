// The second generation of the TypeScript SDK, in each of its ways to agree on a revision.
import assert from 'node:assert/strict';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';

const [url, token] = process.argv.slice(2);
const expected = { legacy: '2025-11-25', auto: '2026-07-28', modern: '2026-07-28' };

for (const [name, mode] of [['legacy', 'legacy'], ['auto', 'auto'], ['modern', { pin: '2026-07-28' }]]) {
  const client = new Client({ name: 'sdk2', version: '1' }, { versionNegotiation: { mode } });
  await client.connect(new StreamableHTTPClientTransport(new URL(url), {
    requestInit: { headers: { Authorization: `Bearer ${token}` } },
  }));
  assert.equal(client.getNegotiatedProtocolVersion(), expected[name]);

  const { tools } = await client.listTools();
  assert(tools.some((tool) => tool.name === 'createMcpServer'));

  const folders = await client.callTool({ name: 'listFolders', arguments: {} });
  const created = await client.callTool({
    name: 'createMcpServer',
    arguments: { body: { name: `made by ${name}`, folder_id: folders.structuredContent.items[0].id } },
  });
  assert.equal(created.isError, false);
  assert.equal(created.structuredContent.name, `made by ${name}`);
  await assert.rejects(client.callTool({ name: 'nope', arguments: {} }), { code: -32602 });
  await client.close();
  console.log(`sdk2 ${name} ${tools.length} tools`);
}
