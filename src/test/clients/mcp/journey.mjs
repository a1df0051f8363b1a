// A conversation with a server that has the tools and prompts of the conformance suite, and uses all that it offers.
//   journey.mjs 1|legacy|auto|modern URL
// The first generation of the TypeScript SDK, or the second one in one of its modes. Says "halfway" between two rounds, and
// goes on when its input ends; what fails in the second round is tried once more, as clients do that expect outages.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import * as second from '@modelcontextprotocol/client';
import * as first from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { CreateMessageRequestSchema, ElicitRequestSchema, LoggingMessageNotificationSchema } from '@modelcontextprotocol/sdk/types.js';

const [way, url] = process.argv.slice(2);
const info = { name: 'journey', version: '1' };
const capabilities = { sampling: {}, elicitation: {} };
const changed = Promise.withResolvers();
const listening = Promise.withResolvers();
const listChanged = {
  tools: { onChanged: (error) => (error ? changed.reject(error) : changed.resolve()), autoRefresh: false, debounceMs: 0 },
};
const logged = [];
const answers = {
  elicit: async () => ({ action: 'accept', content: { username: 'ada', email: 'ada@example.com' } }),
  sample: async () => ({ role: 'assistant', model: 'a-model', content: { type: 'text', text: 'sampled' } }),
  log: ({ params }) => logged.push(params.data),
};

// The SDKs do not wait until they hear of changes, and what is told before that is lost
async function fetching(target, init) {
  const answer = await fetch(target, init);
  const listens = init?.method === 'GET' || String(init?.body).includes('"subscriptions/listen"');
  if (listens && answer.ok && answer.headers.get('content-type')?.includes('text/event-stream')) {
    listening.resolve();
  }
  return answer;
}

async function connectFirst() {
  const client = new first.Client(info, { capabilities, listChanged });
  client.setRequestHandler(ElicitRequestSchema, answers.elicit);
  client.setRequestHandler(CreateMessageRequestSchema, answers.sample);
  client.setNotificationHandler(LoggingMessageNotificationSchema, answers.log);
  await client.connect(new StreamableHTTPClientTransport(new URL(url), { fetch: fetching }));
  client.call = (name, args, options) => client.callTool({ name, arguments: args ?? {} }, undefined, options);
  return client;
}

async function connectSecond() {
  const mode = way === 'modern' ? { pin: '2026-07-28' } : way;
  const client = new second.Client(info, { capabilities, listChanged, versionNegotiation: { mode } });
  client.setRequestHandler('elicitation/create', answers.elicit);
  client.setRequestHandler('sampling/createMessage', answers.sample);
  client.setNotificationHandler('notifications/message', answers.log);
  await client.connect(new second.StreamableHTTPClientTransport(new URL(url), { fetch: fetching }));
  assert.equal(client.getNegotiatedProtocolVersion(), way === 'legacy' ? '2025-11-25' : '2026-07-28');
  client.call = (name, args, options) => client.callTool({ name, arguments: args ?? {} }, options);
  return client;
}

const client = await (way === '1' ? connectFirst() : connectSecond());
const offered = client.getServerCapabilities();
const isModern = way === 'auto' || way === 'modern';
const textOf = (result) => result.content[0].text;

const steps = {
  async lists() {
    const { tools } = await client.listTools();
    assert(tools.some(({ name }) => name === 'test_simple_text'));
    const { prompts } = await client.listPrompts();
    assert(prompts.some(({ name }) => name === 'test_simple_prompt'));
  },
  async calls() {
    assert.equal(textOf(await client.call('test_simple_text')), 'This is a simple text response for testing.');
    assert.equal((await client.call('test_error_handling')).isError, true);
    await assert.rejects(client.call('nope'), { code: -32602 });
  },
  async prompts() {
    const { messages } = await client.getPrompt({ name: 'test_prompt_with_arguments', arguments: { arg1: 'a', arg2: 'b' } });
    assert.equal(messages[0].content.text, "Prompt with arguments: arg1='a', arg2='b'");
  },
};
const more = {
  async progresses() {
    const seen = [];
    await client.call('test_tool_with_progress', {}, { onprogress: ({ progress }) => seen.push(progress) });
    assert.deepEqual(seen, [0, 50, 100]);
  },
  async elicits() {
    assert.match(textOf(await client.call('test_elicitation', { message: 'Who?' })), /ada@example\.com/);
  },
  async samples() {
    assert.equal(textOf(await client.call('test_sampling', { prompt: 'Go' })), 'LLM response: sampled');
  },
  async reads() {
    const { contents } = await client.readResource({ uri: 'test://static-text' });
    assert.equal(contents[0].text, 'This is the content of the static text resource.');
    const { resourceTemplates } = await client.listResourceTemplates();
    assert.equal(resourceTemplates[0].uriTemplate, 'test://template/{id}/data');
  },
  async completes() {
    const { completion } = await client.complete({
      ref: { type: 'ref/prompt', name: 'test_prompt_with_arguments' }, argument: { name: 'arg1', value: 'par' },
    });
    assert.deepEqual(completion.values, ['paris', 'park', 'party']);
  },
  async logs() {
    if (!isModern) {
      await client.setLoggingLevel('debug');
      logged.length = 0;
      await client.call('test_tool_with_logging');
      assert.deepEqual(logged, ['Tool execution started', 'Tool processing data', 'Tool execution completed']);
    }
  },
};
const all = Object.entries(offered.resources ? { ...steps, ...more } : steps);

for (const [, step] of all) {
  await step();
}
assert.equal(offered.tools.listChanged, true);
await listening.promise;
await client.call('test_trigger_tool_change');
await changed.promise;

console.log('halfway');
await once(process.stdin.resume(), 'end');
let failures = 0;
for (const [name, step] of [...all, ...all]) {
  await step().catch((error) => {
    failures++;
    console.log(`${name} is tried again: ${error}`);
    return step();
  });
}
console.log(`arrived, ${failures} tried again`);
await client.close();
process.exit(0);
