// An MCP server that offers everything the conformance suite asks for, in both eras on one URL.
//   everything.mjs [--era legacy|modern|both] [--port N]
// It prints its URL, and ends when its standard input does.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import { localhostHostValidation, localhostOriginValidation, toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, isLegacyRequest, WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/server';
import { offerEverything } from './features.mjs';

const { values: options } = parseArgs({
  options: { era: { type: 'string', default: 'both' }, port: { type: 'string', default: '0' } },
});

/** The events of one session, from which a client that comes back is told what it missed. */
class Events {
  #all = [];

  async storeEvent(stream, message) {
    return `${stream}/${this.#all.push({ stream, message }) - 1}`;
  }

  async replayEventsAfter(last, { send }) {
    const { stream, position } = /^(?<stream>.*)\/(?<position>\d+)$/.exec(last).groups;
    for (let i = Number(position) + 1; i < this.#all.length; i++) {
      if (this.#all[i].stream === stream && Object.keys(this.#all[i].message).length > 0) {
        await send(`${stream}/${i}`, this.#all[i].message);
      }
    }
    return stream;
  }
}

const sessions = new Map();

async function openSession() {
  const transport = new WebStandardStreamableHTTPServerTransport({
    sessionIdGenerator: randomUUID,
    eventStore: new Events(),
    retryInterval: 100,
    onsessioninitialized: (id) => void sessions.set(id, transport),
    onsessionclosed: (id) => void sessions.delete(id),
  });
  const server = offerEverything({
    toolsChanged: () => server.sendToolListChanged(),
    promptsChanged: () => server.sendPromptListChanged(),
  });
  await server.connect(transport);
  return transport;
}

async function serveLegacy(request) {
  const id = request.headers.get('mcp-session-id');
  if (id !== null && !sessions.has(id)) {
    const error = { jsonrpc: '2.0', error: { code: -32001, message: 'There is no such session' }, id: null };
    return Response.json(error, { status: 404 });
  }
  const session = sessions.get(id) ?? await openSession();
  return session.handleRequest(request);
}

const modern = createMcpHandler(() => offerEverything(modern.notify), { legacy: 'reject' });
const serve = {
  legacy: serveLegacy,
  modern: modern.fetch,
  both: async (request) => (await isLegacyRequest(request)) ? serveLegacy(request) : modern.fetch(request),
}[options.era];
const handle = toNodeHandler({ fetch: serve });
const hostIsLocal = localhostHostValidation();
const originIsLocal = localhostOriginValidation();

const http = createServer(async (request, response) => {
  if (hostIsLocal(request, response) && originIsLocal(request, response)) {
    await handle(request, response);
  }
});
http.listen(Number(options.port), '127.0.0.1', () => console.log(`http://127.0.0.1:${http.address().port}/mcp`));
process.stdin.on('end', () => process.exit()).resume();
