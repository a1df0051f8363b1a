// Walks every page that a person meets, looks at each in light and dark and on a narrow screen, and has axe judge it.
//   pages.mjs INVITATION EMAIL FOLDER AUTHORIZATION NO-ACCESS
import assert from 'node:assert/strict';
import { AxeBuilder } from '@axe-core/playwright';
import { close, Person } from './browser.mjs';

const [invitation, email, folder, authorization, noAccess] = process.argv.slice(2);
const person = new Person(invitation, email);
const page = await person.sitsDown({ viewport: { width: 1280, height: 800 } });
const faults = [];

async function look(name) {
  for (const [width, colorScheme] of [[1280, 'light'], [1280, 'dark'], [320, 'light'], [320, 'dark']]) {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: `${folder}/${name}-${width}-${colorScheme}.png`, fullPage: true });
    const { x, width: wide } = await page.locator('main').boundingBox();
    assert(x >= 0 && x + wide <= width, `${name} is wider than ${width}`);
  }
  assert.match(await page.title(), / – Gatehouse$/);
  assert.equal(await page.locator('script').count(), 0);
  await judge(name, await page.content());
  console.log(name);
}

/** axe is a script, so it judges a copy of the page in a browser that runs some. */
async function judge(name, html) {
  for (const colorScheme of ['light', 'dark']) {
    const copy = await (await page.context().browser().newContext({ colorScheme })).newPage();
    await copy.setContent(html);
    for (const { id, nodes } of (await new AxeBuilder({ page: copy }).analyze()).violations) {
      faults.push(`${name} (${colorScheme}): ${id} at ${nodes.map(({ target }) => target).join()}`);
    }
    await copy.context().close();
  }
}

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
await page.getByRole('button', { name: 'Sign out' }).click();
await look('signed-out');

assert.deepEqual(faults, []);
await close();
