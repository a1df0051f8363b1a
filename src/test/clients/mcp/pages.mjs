// Walks the pages that a person with a password meets, and looks at each.
//   pages.mjs INVITATION EMAIL FOLDER AUTHORIZATION NO-ACCESS
import assert from 'node:assert/strict';
import { close, looking, Person } from './browser.mjs';

const [invitation, email, folder, authorization, noAccess] = process.argv.slice(2);
const person = new Person(invitation, email);
const page = await person.sitsDown({ viewport: { width: 1280, height: 800 } });
const look = looking(page, folder);

await page.goto(invitation);
await look('invitation');
await page.getByLabel('New password').fill('a horse and a battery');
await page.getByLabel('The same once more').fill('another horse or so');
await page.keyboard.press('Enter');
await page.getByRole('alert').waitFor();
await look('invitation-refused');
await person.takesUpTheInvitation();
await look('password-set');
await page.goto(invitation);
await look('invitation-used');

await page.goto(authorization);
await look('sign-in');
await person.signsIn('not the password');
await page.getByRole('alert').waitFor();
await look('sign-in-refused');
await person.signsIn();
await page.getByRole('heading', { name: /^Let / }).waitFor();
await look('consent');
await page.keyboard.press('Tab');
assert.equal(await page.locator(':focus').textContent(), 'Allow');
await page.goto(noAccess);
await look('no-access');
await page.goto(authorization.replace(/client_id=[^&]*/, 'client_id=nobody'));
await look('unknown-application');
await page.goto(new URL('/oauth/account', authorization).href);
await look('account');
await page.getByRole('link', { name: 'Set up a second factor' }).click();
await look('second-factor');
await page.goBack();
await page.getByRole('button', { name: 'Sign out' }).click();
await look('signed-out');

await close();
