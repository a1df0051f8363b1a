// An application that was let look only asks for more when it needs more.
//   step-up.mjs legacy|auto|modern URL INVITATION EMAIL
import assert from 'node:assert/strict';
import { Application, Person } from './applications.mjs';

const [way, url, invitation, email] = process.argv.slice(2);
const person = new Person(invitation, email);
await person.invited();
const application = new Application(way, url);
const refused = application.newTransport();
await assert.rejects(application.newClient().connect(refused), /[Uu]nauthorized/);
application.authorization.searchParams.set('scope', 'mcp:read');
await application.finish(refused, await person.lets(application.authorization));
assert.equal(application.kept.scope, 'mcp:read');

const client = application.newClient();
const transport = application.newTransport();
await client.connect(transport);
assert.deepEqual((await client.listTools()).tools.map(({ name }) => name), ['look']);
await assert.rejects(client.callTool({ name: 'change', arguments: {} }), /[Uu]nauthorized/);
assert.equal(application.authorization.searchParams.get('scope'), 'mcp:read mcp:write');
await application.finish(transport, await person.lets(application.authorization));
assert.equal(application.kept.scope, 'mcp:read mcp:write');

const { content } = await client.callTool({ name: 'change', arguments: {} });
console.log(content[0].text);
await client.close();
