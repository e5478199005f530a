// The emulator under test, and clients of it made the way users of the SDK make them.
"use strict";

const assert = require("node:assert/strict");
const { Client, GraphError, HTTPMessageHandler, MiddlewareFactory } = require("@microsoft/microsoft-graph-client");

const url = new URL(process.env.PIM_EMULATOR);

/**
 * The SDK gives its token to https alone, and takes only https for the address of a page: so the client speaks of https,
 * and the last of its middleware sends to http, as a proxy that ends TLS would.
 */
class PlainHttp extends HTTPMessageHandler {
  async execute(context) {
    context.request = context.request.replace(/^https:/, url.protocol);
    context.options.headers["X-Forwarded-Proto"] = "https";
    await super.execute(context);
  }
}

/** A client with the token in a variable of the environment. */
function clientOf(variable) {
  const token = process.env[variable];
  const chain = MiddlewareFactory.getDefaultMiddlewareChain({ getAccessToken: async () => token });
  chain[chain.length - 1] = new PlainHttp();
  chain.forEach((middleware, index) => index + 1 < chain.length && middleware.setNext(chain[index + 1]));
  return Client.initWithMiddleware({
    middleware: chain[0],
    baseUrl: `https://${url.host}/`,
    customHosts: new Set([url.hostname]),
  });
}

async function control(path, body) {
  const answer = await fetch(new URL(`/_emulator/${path}`, url), { method: "POST", body: JSON.stringify(body) });
  assert.ok(answer.ok, await answer.text());
}

/** The error of a call that is to be refused. */
async function refused(call, status, code) {
  const error = await call.then(
    (answer) => assert.fail(`to be refused with ${code}, and was answered: ${JSON.stringify(answer)}`),
    (error) => error,
  );
  assert.ok(error instanceof GraphError, String(error));
  assert.deepEqual([error.statusCode, error.code], [status, code], error.message);
  assert.match(error.requestId, /^[0-9a-f-]{36}$/);
  assert.ok(!Number.isNaN(error.date.getTime()), "the error has a date");
  return error;
}

module.exports = {
  clientOf,
  refused,
  advance: (duration) => control("clock", { advance: duration }),
  reset: () => control("reset", {}),
};
