/**
 * Prompts of MCP servers: templates of messages with named arguments. A server's prompts are written as a whole, by whoever
 * writes the server and in its transaction; what is written has passed
 * {@link io.gatehouse.prompts.Prompts#check Prompts.check}. The language of templates is
 * {@link io.gatehouse.plan.PromptTemplate}'s.
 */
package io.gatehouse.prompts;
