// A person with a real browser, which runs no script: the pages need none.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium } from 'playwright-core';

const password = 'a horse and a battery';
const executablePath = process.env.PATH.split(':').map((folder) => join(folder, 'chromium')).find(existsSync);
const started = await chromium.launch({ executablePath, args: ['--no-sandbox'] });

export const close = () => started.close();

export class Person {
  constructor(invitation, email) {
    Object.assign(this, { invitation, email });
  }

  /** @param looks what the browser is like, such as { colorScheme, viewport } */
  async sitsDown(looks = {}) {
    this.context = await started.newContext({ javaScriptEnabled: false, ...looks });
    this.page = await this.context.newPage();
    return this.page;
  }

  async takesUpTheInvitation() {
    await this.page.goto(this.invitation);
    await this.page.getByLabel('New password').fill(password);
    await this.page.getByLabel('The same once more').fill(password);
    await this.page.getByRole('button', { name: 'Set password' }).click();
    await this.page.getByRole('heading', { name: 'Your password is set' }).waitFor();
  }

  async signsIn(typed = password) {
    await this.page.getByLabel('E-mail address').fill(this.email);
    await this.page.getByLabel('Password').fill(typed);
    await this.page.getByRole('button', { name: 'Sign in' }).click();
  }

  async allows() {
    await this.page.getByRole('button', { name: 'Allow', exact: true }).click();
  }
}

/** Looks at what a page shows, in light and dark and on a narrow screen, and has axe judge it. */
export const looking = (page, folder) => async (name) => {
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
};

const judges = {};

/** axe is a script, so it judges a copy of the page in a browser that runs some. */
async function judge(name, html) {
  for (const colorScheme of ['light', 'dark']) {
    const copy = judges[colorScheme] ??= await (await started.newContext({ colorScheme })).newPage();
    await copy.setContent(html);
    const { violations } = await new AxeBuilder({ page: copy }).analyze();
    assert.deepEqual(violations.map(({ id, nodes }) => [id, ...nodes.map(({ target }) => target)]), [], `${name}, ${colorScheme}`);
  }
}
