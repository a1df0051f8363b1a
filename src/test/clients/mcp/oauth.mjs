// A person lets two applications in, who know nothing but the server's URL.
//   oauth.mjs 1|legacy|auto|modern URL INVITATION EMAIL
import assert from 'node:assert/strict';
import { Application, Person } from './applications.mjs';

const [way, url, invitation, email] = process.argv.slice(2);
const person = new Person(invitation, email);
await person.invited();

for (const round of ['one application', 'another one']) {
  const application = new Application(way, url);
  const refused = application.newTransport();
  await assert.rejects(application.newClient().connect(refused), /[Uu]nauthorized/);
  await application.finish(refused, await person.lets(application.authorization));

  const client = application.newClient();
  await client.connect(application.newTransport());
  assert.deepEqual((await client.listTools()).tools.map(({ name }) => name), ['change', 'look']);

  const { refresh_token: before } = application.kept;
  application.kept = { ...application.kept, access_token: 'expired' };
  await client.listPrompts();
  assert.notEqual(application.kept.refresh_token, before);
  await client.close();
  console.log(round);
}
assert.equal(person.passwords, 1);
