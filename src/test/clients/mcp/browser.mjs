// A person with a real browser, which runs no script: the pages need none.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
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
