// The tools, resources and prompts by which the conformance suite tries a server; names and texts are the suite's.
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  acceptedContent, completable, createRequestStateCodec, fromJsonSchema, inputRequired, inputResponse, McpServer,
  ResourceTemplate,
} from '@modelcontextprotocol/server';
import { z } from 'zod';

// One red pixel, and a WAV file without a sample
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC';
const WAV = 'UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=';
const DRAFT = 'https://json-schema.org/draft/2020-12/schema';

const states = createRequestStateCodec({ key: randomBytes(32) });

const text = (value) => ({ type: 'text', text: value });
const image = () => ({ type: 'image', data: PNG, mimeType: 'image/png' });
const resource = (uri, mimeType, value) => ({ type: 'resource', resource: { uri, mimeType, text: value } });
const result = (...content) => ({ content });
const said = (...contents) => ({ messages: contents.map((content) => ({ role: 'user', content })) });

const form = (message, properties, required) => inputRequired.elicit({
  message, requestedSchema: { type: 'object', properties, ...(required && { required }) },
});
const question = (value, maxTokens) => inputRequired.createMessage({
  messages: [{ role: 'user', content: text(value) }], maxTokens,
});

/** Calls for the client's help by requests; once an answer to each is there, the tool goes on with them. */
function asking(requests, answer) {
  return async (args, ctx) => {
    const wanted = requests(args);
    const views = Object.keys(wanted).map((key) => inputResponse(ctx.mcpReq.inputResponses, key));
    if (views.some((view) => view.kind === 'missing')) {
      return inputRequired({ inputRequests: wanted });
    }
    return answer(...views);
  };
}

const elicited = (prefix) => (view) =>
  result(text(`${prefix}: action=${view.action}, content=${JSON.stringify(view.content ?? {})}`));
const lettered = (view) => view.result.content.text;

/** A server that tells of its changes by {@code notify}. */
export function offerEverything(notify) {
  const server = new McpServer({ name: 'everything', version: '1.0.0', title: 'Everything' }, {
    capabilities: {
      logging: {}, completions: {}, tools: { listChanged: true }, prompts: { listChanged: true },
      resources: { subscribe: true, listChanged: true },
    },
    requestState: { verify: states.verify },
  });
  offerContent(server);
  offerEffects(server, notify);
  offerQuestions(server);
  offerRounds(server);
  offerSchemas(server);
  offerResources(server);
  offerPrompts(server);
  return server;
}

const tool = (server, name, description, run, inputSchema) =>
  server.registerTool(name, { description, inputSchema: inputSchema ?? z.object({}) }, run);

function offerContent(server) {
  tool(server, 'test_simple_text', 'Gives a text', () => result(text('This is a simple text response for testing.')));
  tool(server, 'test_image_content', 'Gives an image', () => result(image()));
  tool(server, 'test_audio_content', 'Gives a sound',
    () => result({ type: 'audio', data: WAV, mimeType: 'audio/wav' }));
  tool(server, 'test_embedded_resource', 'Gives a resource',
    () => result(resource('test://embedded-resource', 'text/plain', 'This is an embedded resource content.')));
  tool(server, 'test_multiple_content_types', 'Gives a text, an image and a resource', () => result(
    text('Multiple content types test:'), image(),
    resource('test://mixed-content-resource', 'application/json', '{"test":"data","value":123}')));
  tool(server, 'test_error_handling', 'Fails', () => {
    throw new Error('This tool intentionally returns an error for testing');
  });
}

function offerEffects(server, notify) {
  const logging = (pause) => async (args, { mcpReq }) => {
    await mcpReq.log('info', 'Tool execution started');
    await sleep(pause);
    await mcpReq.log('info', 'Tool processing data');
    await sleep(pause);
    await mcpReq.log('info', 'Tool execution completed');
    return result(text('Three messages were logged'));
  };
  tool(server, 'test_tool_with_logging', 'Logs while it works', logging(50));
  tool(server, 'test_logging_tool', 'Logs where the caller wants to be told', logging(0));
  tool(server, 'test_tool_with_progress', 'Tells how far it got', async (args, { mcpReq }) => {
    const progressToken = mcpReq._meta?.progressToken;
    for (const progress of [0, 50, 100]) {
      if (progressToken !== undefined) {
        await mcpReq.notify({ method: 'notifications/progress', params: { progressToken, progress, total: 100 } });
      }
      await sleep(progress < 100 ? 50 : 0);
    }
    return result(text('It got to 100 of 100'));
  });
  tool(server, 'test_reconnection', 'Hangs up before it answers', async (args, { http }) => {
    http?.closeSSE?.();
    await sleep(100);
    return result(text('The answer came after the client had come back'));
  });
  tool(server, 'test_trigger_tool_change', 'Tells that the tools changed', () => {
    notify.toolsChanged();
    return result(text('Told'));
  });
  tool(server, 'test_trigger_prompt_change', 'Tells that the prompts changed', () => {
    notify.promptsChanged();
    return result(text('Told'));
  });
}

function offerQuestions(server) {
  tool(server, 'test_sampling', 'Has the client ask its model',
    asking(({ prompt }) => ({ answer: question(prompt, 100) }), (view) => result(text(`LLM response: ${lettered(view)}`))),
    z.object({ prompt: z.string() }));
  tool(server, 'test_elicitation', 'Has the client ask its user', asking(({ message }) => ({
    answer: form(message, {
      username: { type: 'string', description: "User's response" },
      email: { type: 'string', description: "User's email address" },
    }, ['username', 'email']),
  }), elicited('User response')), z.object({ message: z.string() }));
  tool(server, 'test_elicitation_sep1034_defaults', 'Asks with a default for every type', asking(() => ({
    answer: form('Check what is filled in', {
      name: { type: 'string', default: 'John Doe' },
      age: { type: 'integer', default: 30 },
      score: { type: 'number', default: 95.5 },
      status: { type: 'string', enum: ['active', 'inactive', 'pending'], default: 'active' },
      verified: { type: 'boolean', default: true },
    }),
  }), elicited('Elicitation completed')));
  const titled = (title) => ['First', 'Second', 'Third'].map((nth, i) => ({ const: `value${i + 1}`, title: `${nth} ${title}` }));
  tool(server, 'test_elicitation_sep1330_enums', 'Asks with every kind of choice', asking(() => ({
    answer: form('Choose', {
      untitledSingle: { type: 'string', enum: ['option1', 'option2', 'option3'] },
      titledSingle: { type: 'string', oneOf: titled('Option') },
      legacyEnum: { type: 'string', enum: ['opt1', 'opt2', 'opt3'], enumNames: ['Option One', 'Option Two', 'Option Three'] },
      untitledMulti: { type: 'array', items: { type: 'string', enum: ['option1', 'option2', 'option3'] } },
      titledMulti: { type: 'array', items: { anyOf: titled('Choice') } },
    }),
  }), elicited('Elicitation completed')));
  tool(server, 'test_streaming_elicitation', 'Asks while it streams', asking(() => ({
    answer: form('Go on?', { ok: { type: 'boolean' } }),
  }), elicited('Elicitation completed')));
  tool(server, 'test_missing_capability', 'Wants a client that can sample',
    asking(() => ({ answer: question('Are you there?', 10) }), (view) => result(text(lettered(view)))));
}

const nameForm = (message) => form(message, { name: { type: 'string' } }, ['name']);
const confirmation = () => form('Please confirm', { ok: { type: 'boolean' } }, ['ok']);

function offerRounds(server) {
  const nameSchema = z.object({ name: z.string() });
  tool(server, 'test_input_required_result_elicitation', 'Greets a user by name', (args, { mcpReq }) => {
    const content = acceptedContent(mcpReq.inputResponses, 'user_name', nameSchema);
    return content ? result(text(`Hello, ${content.name}!`))
      : inputRequired({ inputRequests: { user_name: nameForm('What is your name?') } });
  });
  tool(server, 'test_input_required_result_sampling', 'Asks a model for a capital', asking(
    () => ({ capital_question: question('What is the capital of France?', 100) }), (view) => result(text(lettered(view)))));
  tool(server, 'test_input_required_result_list_roots', 'Lists the roots of the client', asking(
    () => ({ client_roots: inputRequired.listRoots() }),
    (view) => result(text(`Roots: ${view.roots.map((root) => root.uri).join(', ')}`))));
  offerStates(server);
  tool(server, 'test_input_required_result_capabilities', 'Asks for no more than the client can do', (args, { mcpReq }) => {
    const able = mcpReq.envelope?.['io.modelcontextprotocol/clientCapabilities'] ?? {};
    const inputRequests = {
      ...(able.sampling && { capital_question: question('What is the capital of France?', 100) }),
      ...(able.elicitation && { user_name: nameForm('What is your name?') }),
      ...(able.roots && { client_roots: inputRequired.listRoots() }),
    };
    return Object.keys(inputRequests).length === 0 ? result(text('The client can do nothing'))
      : inputRequired({ inputRequests });
  });
}

function offerStates(server) {
  const confirmed = async (args, { mcpReq }) => mcpReq.requestState() === undefined
    ? inputRequired({ inputRequests: { confirm: confirmation() }, requestState: await states.mint({ asked: true }) })
    : result(text('state-ok'));
  tool(server, 'test_input_required_result_request_state', 'Gives the client a state to keep', confirmed);
  tool(server, 'test_input_required_result_tampered_state', 'Notices when the state was changed', confirmed);
  tool(server, 'test_input_required_result_multiple_inputs', 'Asks for three things at once', async (args, { mcpReq }) => {
    const inputRequests = {
      user_name: nameForm('What is your name?'),
      greeting: question('Generate a greeting', 50),
      client_roots: inputRequired.listRoots(),
    };
    return Object.keys(inputRequests).every((key) => inputResponse(mcpReq.inputResponses, key).kind !== 'missing')
      ? result(text('All three answers are there'))
      : inputRequired({ inputRequests, requestState: await states.mint({ asked: true }) });
  });
  tool(server, 'test_input_required_result_multi_round', 'Asks twice', async (args, { mcpReq }) => {
    const round = mcpReq.requestState()?.round ?? 0;
    const next = [nameForm('Step 1: What is your name?'),
      form('Step 2: What is your favorite color?', { color: { type: 'string' } }, ['color'])][round];
    return next === undefined ? result(text('Both steps are done')) : inputRequired({
      inputRequests: { [`step${round + 1}`]: next }, requestState: await states.mint({ round: round + 1 }),
    });
  });
}

function offerSchemas(server) {
  tool(server, 'json_schema_2020_12_tool', 'Tool with JSON Schema 2020-12 features', () => result(text('Valid')), fromJsonSchema({
    $schema: DRAFT,
    type: 'object',
    $defs: {
      address: { $anchor: 'addressDef', type: 'object', properties: { street: { type: 'string' }, city: { type: 'string' } } },
    },
    properties: {
      name: { type: 'string' },
      address: { $ref: '#/$defs/address' },
      contactMethod: { type: 'string', enum: ['phone', 'email'] },
      phone: { type: 'string' },
      email: { type: 'string' },
    },
    allOf: [{ anyOf: [{ required: ['phone'] }, { required: ['email'] }] }],
    if: { properties: { contactMethod: { const: 'phone' } }, required: ['contactMethod'] },
    then: { required: ['phone'] },
    else: { required: ['email'] },
    additionalProperties: false,
  }));
  tool(server, 'test_header_parameter', 'Takes an argument that is also a header', ({ region }) => result(text(`In ${region}`)),
    fromJsonSchema({ type: 'object', properties: { region: { type: 'string', 'x-mcp-header': 'Region' } } }));
}

function offerResources(server) {
  const contents = (uri, mimeType, content) => ({ contents: [{ uri: uri.href, mimeType, ...content }] });
  server.registerResource('static-text', 'test://static-text', { description: 'A text', mimeType: 'text/plain' },
    (uri) => contents(uri, 'text/plain', { text: 'This is the content of the static text resource.' }));
  server.registerResource('static-binary', 'test://static-binary', { description: 'An image', mimeType: 'image/png' },
    (uri) => contents(uri, 'image/png', { blob: PNG }));
  server.registerResource('watched-resource', 'test://watched-resource', { description: 'To subscribe to', mimeType: 'text/plain' },
    (uri) => contents(uri, 'text/plain', { text: 'This is watched.' }));
  server.registerResource('template', new ResourceTemplate('test://template/{id}/data', {
    list: undefined,
    complete: { id: (value) => ['1', '12', '123'].filter((id) => id.startsWith(value)) },
  }), { description: 'Data by an id', mimeType: 'application/json' }, (uri, { id }) => contents(uri, 'application/json', {
    text: JSON.stringify({ id, templateTest: true, data: `Data for ID: ${id}` }),
  }));
  server.server.setRequestHandler('resources/subscribe', () => ({}));
  server.server.setRequestHandler('resources/unsubscribe', () => ({}));
}

function offerPrompts(server) {
  server.registerPrompt('test_simple_prompt', { description: 'Without arguments' },
    () => said(text('This is a simple prompt for testing.')));
  const places = (value) => ['paris', 'park', 'party'].filter((place) => place.startsWith(value));
  server.registerPrompt('test_prompt_with_arguments', {
    description: 'With two arguments',
    argsSchema: z.object({
      arg1: completable(z.string().describe('First test argument'), places),
      arg2: z.string().describe('Second test argument'),
    }),
  }, ({ arg1, arg2 }) => said(text(`Prompt with arguments: arg1='${arg1}', arg2='${arg2}'`)));
  server.registerPrompt('test_prompt_with_embedded_resource', {
    description: 'With a resource', argsSchema: z.object({ resourceUri: z.string().describe('URI of the resource to embed') }),
  }, ({ resourceUri }) => said(resource(resourceUri, 'text/plain', 'Embedded resource content for testing.'),
    text('Please process the embedded resource above.')));
  server.registerPrompt('test_prompt_with_image', { description: 'With an image' },
    () => said(image(), text('Please analyze the image above.')));
  server.registerPrompt('test_input_required_result_prompt', { description: 'Asks before it is made' }, ({ mcpReq }) => {
    const content = acceptedContent(mcpReq.inputResponses, 'user_context');
    return content ? said(text(`In the context of ${content.context}`)) : inputRequired({
      inputRequests: { user_context: form('What context should the prompt use?', { context: { type: 'string' } }, ['context']) },
    });
  });
}
