// Looks at pages as somebody whom nobody knows.
//   look.mjs FOLDER NAME URL [NAME URL ...]
import { close, looking, Person } from './browser.mjs';

const [folder, ...pages] = process.argv.slice(2);
const page = await new Person().sitsDown();
const look = looking(page, folder);
for (let i = 0; i < pages.length; i += 2) {
  await page.goto(pages[i + 1]);
  await look(pages[i]);
}
await close();
