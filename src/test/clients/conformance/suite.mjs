// Runs a version of the conformance suite:
//   suite.mjs PACKAGE server --url URL ...
// The suite has no option for a token, so the URL has it; but the requests that it writes by hand leave the query out.
import http from 'node:http';
import { syncBuiltinESMExports } from 'node:module';

const [suite] = process.argv.splice(2, 1);
const token = new URL(process.argv[process.argv.indexOf('--url') + 1]).searchParams.get('token');
if (token !== null) {
  const { request } = http;
  http.request = (options, ...rest) =>
    request({ ...options, headers: { ...options.headers, Authorization: `Bearer ${token}` } }, ...rest);
  syncBuiltinESMExports();
}
await import(`./node_modules/${suite}/dist/index.js`);
