// Starts a program that wants to be let in, and has a person do that in a browser, at the address that it prints.
//   let-in.mjs INVITATION EMAIL SCRIPT ARGUMENT...
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { close, Person } from './browser.mjs';

const [invitation, email, ...command] = process.argv.slice(2);
const person = new Person(invitation, email);
await person.sitsDown();
await person.takesUpTheInvitation();

// The Inspector asks nobody in without a terminal, unless it may open a browser, and keeps things in the home folder.
const home = await mkdtemp(join(tmpdir(), 'let-in-'));
const program = spawn(process.execPath, command, {
  stdio: ['ignore', 'pipe', 'pipe'],
  env: { ...process.env, HOME: home, MCP_AUTO_OPEN_ENABLED: 'true', MCP_INSPECTOR_SECRET_STORE: 'memory' },
});
const ended = new Promise((resolve) => program.on('close', resolve));
let said = '';
const address = new Promise((resolve) => {
  const hear = (piece) => {
    said += piece;
    const found = said.match(/(https?:\S+\/authorize\?\S+)\s/);
    if (found) resolve(found[1]);
  };
  program.stdout.on('data', hear);
  program.stderr.on('data', hear);
});

const found = await Promise.race([address, ended]);
if (typeof found === 'string') {
  await person.page.goto(found);
  await person.signsIn();
  await person.allows();
}
process.exitCode = await ended;
console.log(said);
await rm(home, { recursive: true });
await close();
