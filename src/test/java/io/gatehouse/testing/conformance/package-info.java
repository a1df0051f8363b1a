/** What the public conformance suite of MCP found, check by check: to compare two runs, and to hold one against a list. */
package io.gatehouse.testing.conformance;
